# status: error
# code: uncaught_error
# timeout: 5s
# why: a list of a huge range
list(range(1 << 31))
