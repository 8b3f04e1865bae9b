# status: timeout
# code: wall_time_limit
# why: a metaclass that never returns
class M(type):
    def __call__(cls):
        while True: pass
class A(metaclass=M): pass
A()
