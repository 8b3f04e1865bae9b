# status: ok
# complete: trap.got.
# names: []
# why: a property in the path of a completion
class Trap:
    @property
    def got(self):
        print("ran")
        return self
trap = Trap()
