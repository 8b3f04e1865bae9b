# status: ok|error
# code: uncaught_error
# why: a repr that raises
class A:
    def __repr__(self): raise ValueError('no')
A()
