# status: ok|error
# code: uncaught_error
# why: sys.exit with a text
import sys
sys.exit('bye')
