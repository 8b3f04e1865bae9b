# status: error
# code: uncaught_error
# why: a product of text
'ab' * (1 << 30)
