# status: ok
# complete: trap.one.
# why: slots and a recursive chain
class Trap:
    __slots__ = ("one",)
trap = Trap()
trap.one = trap
