# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: all modules gone
import sys
sys.modules.clear()
1
