# status: ok|limit
# code: stack_limit|memory_limit
# timeout: 20s
# memory: 128MiB
# why: a long chain is freed
x = None
for i in range(10**6): x = (x,)
del x
1
