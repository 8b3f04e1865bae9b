# status: ok
# complete: trap.pl
# names: ["plain"]
# why: every builtin that finding names might call is one of the guest's
import builtins
class Trap:
    plain = 1
trap = Trap()
say = print
def planted(*given, **named):
    say("ran")
    return []
for name in ("sorted", "type", "any", "list", "dict", "set", "len", "vars", "isinstance", "getattr", "dir", "str"):
    setattr(builtins, name, planted)
