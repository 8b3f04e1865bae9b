# status: limit
# code: memory_limit
# why: a huge list
[0] * (1 << 29)
