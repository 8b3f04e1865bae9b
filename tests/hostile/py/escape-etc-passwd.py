# status: error
# code: uncaught_error
# why: the host's files are not there
open('/etc/passwd').read()
