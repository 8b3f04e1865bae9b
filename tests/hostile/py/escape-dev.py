# status: error
# code: uncaught_error
# why: no devices
open('/dev/mem', 'rb').read(1)
