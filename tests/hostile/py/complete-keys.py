# status: ok
# complete: trap.pl
# names: ["plain"]
# why: names whose equality and hash run
class Key(str):
    armed = False
    def __eq__(self, other):
        if Key.armed:
            print("ran")
        return str.__eq__(self, other)
    def __hash__(self):
        if Key.armed:
            print("ran")
        return hash("plain")
class Trap:
    plain = 1
trap = Trap()
trap.__dict__[Key("planted")] = 1
Key.armed = True
