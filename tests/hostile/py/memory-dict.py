# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: a dict that grows
d = {}
i = 0
while True:
    d[i] = [i]
    i += 1
