# status: ok
# complete: gl
# names: ["global","globals"]
# why: a key of the globals whose equality runs
class Key(str):
    armed = False
    def __eq__(self, other):
        if Key.armed:
            print("ran")
        return str.__eq__(self, other)
    def __hash__(self):
        if Key.armed:
            print("ran")
        return hash("globals")
globals()[Key("glx")] = 1
Key.armed = True
