# status: ok
# complete: trap.pl
# names: ["plain"]
# why: __dir__, __class__ and __dict__ that run
class Trap:
    plain = 1
    def __dir__(self):
        print("ran")
        return ["planted"]
    @property
    def __class__(self):
        print("ran")
        return int
    @property
    def __dict__(self):
        print("ran")
        return {"planted": 1}
trap = Trap()
