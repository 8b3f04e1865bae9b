# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: garbage in cycles with the collector off
import gc
gc.disable()
class A: pass
while True:
    a = A()
    a.a = a
