# status: limit
# code: memory_limit
# memory: 64MiB
# timeout: 5s
# why: a list that grows
x = []
while True: x.append(bytes(1 << 20))
