# status: error
# code: uncaught_error
# why: no processes
import os
os.execv('/bin/sh', ['sh'])
