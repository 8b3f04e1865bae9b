# status: timeout
# code: wall_time_limit
# why: a finaliser that never ends
class A:
    def __del__(self):
        while True: pass
A()
1
