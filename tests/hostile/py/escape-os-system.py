# status: error
# code: uncaught_error
# why: no processes
import os
os.system('id')
