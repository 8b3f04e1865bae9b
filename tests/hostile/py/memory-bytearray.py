# status: limit
# code: memory_limit
# why: one huge buffer
bytearray(1 << 31)
