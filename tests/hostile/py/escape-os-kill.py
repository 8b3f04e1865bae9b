# status: error
# code: uncaught_error
# why: no signals to others
import os
os.kill(1, 9)
