# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: sys.exit with a text
import sys
sys.exit('bye')
