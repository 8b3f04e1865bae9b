# status: error|limit
# code: uncaught_error|memory_limit
# why: a huge tuple
(0,) * (1 << 29)
