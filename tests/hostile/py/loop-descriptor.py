# status: timeout
# code: wall_time_limit
# why: a property that never returns
class A:
    @property
    def x(self):
        while True: pass
A().x
