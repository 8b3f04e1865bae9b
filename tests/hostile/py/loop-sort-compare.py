# status: timeout
# code: wall_time_limit
# why: a comparison that never returns
class A:
    def __lt__(self, other):
        while True: pass
sorted([A(), A()])
