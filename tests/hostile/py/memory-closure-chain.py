# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: closures that hold each other
f = lambda: 0
while True:
    f = (lambda g: lambda: g)(f)
