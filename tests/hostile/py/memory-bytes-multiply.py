# status: limit
# code: memory_limit
# why: a product of bytes
b'a' * (1 << 40)
