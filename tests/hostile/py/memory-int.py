# status: limit
# code: memory_limit
# why: a huge shift
1 << (1 << 33)
