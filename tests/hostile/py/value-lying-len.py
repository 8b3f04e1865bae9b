# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a list whose length lies
class L(list):
    def __len__(self): return -1
    def __iter__(self): return iter([1])
L([1])
