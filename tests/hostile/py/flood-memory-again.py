# status: limit
# code: memory_limit
# again: 4
# memory: 64MiB
# timeout: 20s
# why: runs of a session that take all memory
before.extend(range(1000))
x = []
while True: x.append(bytearray(1 << 18))
