# status: timeout
# code: wall_time_limit
# why: a hash that never returns
class A:
    def __hash__(self):
        while True: pass
{A(): 1}
