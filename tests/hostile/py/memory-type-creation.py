# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: classes without end
x = []
while True: x.append(type('A', (), {}))
