# status: timeout
# code: wall_time_limit
# why: the value's repr never returns
class A:
    def __repr__(self):
        while True: pass
A()
