# status: error|limit
# code: uncaught_error|memory_limit
# why: a huge list
[0] * (1 << 29)
