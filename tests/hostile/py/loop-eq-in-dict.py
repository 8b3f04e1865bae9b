# status: timeout
# code: wall_time_limit
# why: equality of colliding keys never returns
class A:
    def __hash__(self): return 1
    def __eq__(self, other):
        while True: pass
d = {A(): 1}
d[A()]
