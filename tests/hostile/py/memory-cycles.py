# status: timeout
# code: wall_time_limit
# memory: 64MiB
# timeout: 1s
# why: garbage in cycles is collected; only time ends it
class A: pass
while True:
    a = A()
    a.a = a
