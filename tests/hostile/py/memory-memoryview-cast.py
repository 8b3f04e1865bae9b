# status: limit
# code: memory_limit
# why: views of a huge buffer
memoryview(bytearray(1 << 30)).cast('d')
