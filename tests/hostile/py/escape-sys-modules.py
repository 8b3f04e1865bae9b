# status: ok|error
# code: uncaught_error
# why: all modules gone
import sys
sys.modules.clear()
1
