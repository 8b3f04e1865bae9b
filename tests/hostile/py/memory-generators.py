# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: suspended generators
def g(): yield
x = []
while True:
    i = g()
    next(i)
    x.append(i)
