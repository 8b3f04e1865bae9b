# status: timeout
# code: wall_time_limit
# why: a hook of json that never returns
import json
def f(o):
    while True: pass
json.dumps(object(), default=f)
