# status: error|limit|ok|timeout
# code: uncaught_error|trap|stack_limit|memory_limit|wall_time_limit
# timeout: 5s
# why: marshal reads nonsense
import marshal, random
r = random.Random(1)
for i in range(2000):
    try: marshal.loads(bytes([r.choice(b'csizlt(<>{[TNFf\xe3\xa9')]) + r.randbytes(60))
    except Exception: pass
1
