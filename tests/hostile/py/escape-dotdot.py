# status: error
# code: uncaught_error
# why: no way above the root
open('../../../../../../etc/hostname').read()
