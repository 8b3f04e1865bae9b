# status: error
# code: uncaught_error
# why: padding of billions
'a'.ljust(1 << 31)
