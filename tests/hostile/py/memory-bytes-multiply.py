# status: error
# code: uncaught_error
# why: a product of bytes
b'a' * (1 << 40)
