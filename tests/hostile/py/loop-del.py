# status: ok|timeout
# code: wall_time_limit
# why: a finaliser that never ends: the soft interrupt ends it, and as in any Python an error there is no error of the program
class A:
    def __del__(self):
        while True: pass
A()
1
