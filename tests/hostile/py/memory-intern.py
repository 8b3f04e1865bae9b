# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: interned texts without end
import sys
i = 0
x = []
while True:
    x.append(sys.intern('key%d' % i))
    i += 1
