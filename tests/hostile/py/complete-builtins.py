# status: ok
# complete: trap.pl
# names: ["plain"]
# why: builtins that finding names calls are the guest's
import builtins
class Trap:
    plain = 1
trap = Trap()
say = print
def planted(*given, **named):
    say("ran")
    return []
for name in ("sorted", "any", "set", "dir", "vars"):
    setattr(builtins, name, planted)
