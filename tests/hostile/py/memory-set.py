# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: a set that grows
s = set()
i = 0
while True:
    s.add((i,))
    i += 1
