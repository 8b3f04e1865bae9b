# status: error
# code: uncaught_error
# why: one huge buffer
bytearray(1 << 31)
