# status: ok
# complete: Trap.pl
# names: ["plain"]
# why: a class of a class that runs for everything
class Meta(type):
    def __getattribute__(cls, name):
        print("ran")
        return type.__getattribute__(cls, name)
    def __dir__(cls):
        print("ran")
        return ["planted"]
    def mro(cls):
        return type.mro(cls)
class Trap(metaclass=Meta):
    plain = 1
