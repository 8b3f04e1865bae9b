# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: a list in a list in a list
x = []
while True: x = [x]
