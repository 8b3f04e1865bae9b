# status: limit
# code: memory_limit
# why: a huge tuple
(0,) * (1 << 29)
