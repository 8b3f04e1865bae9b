# status: error
# code: uncaught_error
# why: links point into the guest's own files
import os
os.symlink('/etc/passwd', '/tmp/l')
open('/tmp/l').read()
