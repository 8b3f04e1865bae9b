# status: limit
# code: stack_limit
# timeout: 30s
# memory: 256MiB
# why: python/cpython issue 102356: a million filters in each other are freed, each by the one around it
i = filter(None, ())
for _ in range(10 ** 6): i = filter(None, i)
del i
'freed'
