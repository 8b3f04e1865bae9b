# status: error
# code: uncaught_error
# error: ZeroDivisionError: division by zero
# why: sys.excepthook is not the host's business: it is never called
import sys
def h(*a):
    while True: pass
sys.excepthook = h
1 / 0
