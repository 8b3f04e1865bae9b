# status: ok
# complete: trap.d.x
# names: []
# why: a descriptor, on the class and on the instance
class D:
    def __get__(self, obj, kind):
        print("ran")
        return self
class Trap:
    d = D()
trap = Trap()
trap.__dict__["e"] = D()
