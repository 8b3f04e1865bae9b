# status: error
# code: uncaught_error
# why: no processes
import subprocess
subprocess.run(['id'])
