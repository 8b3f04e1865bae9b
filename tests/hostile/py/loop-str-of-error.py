# status: timeout
# code: wall_time_limit
# why: the text of the error never returns
class A(Exception):
    def __str__(self):
        while True: pass
raise A()
