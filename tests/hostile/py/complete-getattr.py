# status: ok
# complete: trap.any.pl
# names: []
# why: __getattr__ and __getattribute__
class Trap:
    def __getattr__(self, name):
        print("ran")
        return self
    def __getattribute__(self, name):
        print("ran")
        return self
trap = Trap()
