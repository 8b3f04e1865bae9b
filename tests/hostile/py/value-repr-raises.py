# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a repr that raises
class A:
    def __repr__(self): raise ValueError('no')
A()
