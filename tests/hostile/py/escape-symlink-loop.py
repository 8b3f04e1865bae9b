# status: error
# code: uncaught_error
# why: links that point at each other
import os
os.symlink('/tmp/b', '/tmp/a')
os.symlink('/tmp/a', '/tmp/b')
open('/tmp/a').read()
