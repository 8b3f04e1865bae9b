# status: ok
# complete: trap.pl
# names: ["plain"]
# why: an instance whose __dict__ is of a class that runs
class Names(dict):
    def __iter__(self):
        print("ran")
        return dict.__iter__(self)
    def items(self):
        print("ran")
        return dict.items(self)
    def keys(self):
        print("ran")
        return dict.keys(self)
    def __getitem__(self, key):
        print("ran")
        return dict.__getitem__(self, key)
class Trap: pass
trap = Trap()
trap.__dict__ = Names(plain=1)
