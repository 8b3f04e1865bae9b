"""What the variables of a source are used for: which of them only ever hold calls that something awaits.

A variable is *later* if no use of it wants a value: it is awaited, handed to gather and its kin, appended to, iterated by a
loop whose own variable is later. What is stored in it may then stay an awaitable. Where the answer is not certain the
variable is not later, and holds values: `await` and gather accept those, so that the worst of a wrong guess is that calls
run one after the other.

Not here: what is done with the answer (transform.py)."""


class Variable:
    __slots__ = ("value", "later", "box_use", "box", "other", "needs")

    def __init__(self):
        self.value = False  # something uses its value
        self.later = False  # something awaits it
        self.box_use = False  # it is used as a container that this source fills
        self.box = False  # a new container is bound to it
        self.other = False  # something else is bound to it
        self.needs = None  # variables that its content goes to: they must be later, too


class Scope:
    """A module, class, function or comprehension. `awaits`: an await expression may stand in it."""

    __slots__ = ("parent", "kind", "awaits", "names", "elsewhere")

    def __init__(self, parent, kind, awaits):
        self.parent = parent
        self.kind = kind
        self.awaits = awaits
        self.names = {}
        self.elsewhere = {}  # name: "global" or "nonlocal"

    def bind(self, name):
        scope = self
        where = self.elsewhere.get(name)
        if where == "global":
            scope = self.module()
        elif where == "nonlocal":
            found = self.parent.find(name, False) if self.parent else None
            if found:
                return found
        variable = scope.names.get(name)
        if variable is None:
            variable = scope.names[name] = Variable()
            if scope.kind == "class":
                variable.value = True  # anybody can read it as an attribute
        return variable

    def module(self):
        scope = self
        while scope.parent:
            scope = scope.parent
        return scope

    def find(self, name, own=True):
        """The variable that a name means here; None: it is nobody's in this source."""
        scope = self
        while scope:
            where = scope.elsewhere.get(name)
            if where == "global":
                return scope.module().names.get(name)
            if name in scope.names and not where and (scope.kind != "class" or (own and scope is self)):
                return scope.names[name]
            scope = scope.parent
        return None


class Uses:
    """Uses of names, noted while the source is walked and settled afterwards: a name can be used above its binding."""

    __slots__ = ("noted", "variables")

    def __init__(self):
        self.noted = []  # (scope, name, what, scope and name of another or None)

    def value(self, scope, name):
        self.noted.append((scope, name, "value", None))

    def later(self, scope, name, holder=None):
        """Its content is awaited, or goes where the variable `holder` decides."""
        self.noted.append((scope, name, "later", holder))

    def box(self, scope, name):
        self.noted.append((scope, name, "box", None))

    def neutral(self, scope, name):
        self.noted.append((scope, name, "neutral", None))

    def settle(self):
        pending = []
        for scope, name, what, holder in self.noted:
            variable = scope.find(name)
            if variable is None:
                continue
            if what == "value":
                variable.value = True
            elif what == "box":
                variable.box_use = True
            elif what == "later":
                variable.later = True
                if holder:
                    other = holder[0].find(holder[1])
                    if other is None:
                        variable.value = True
                    else:
                        variable.needs = (variable.needs or []) + [other]
                        pending.append(variable)
            if variable.box_use and (variable.other or not variable.box):
                variable.value = True
        changed = True
        while changed:
            changed = False
            for variable in pending:
                if not variable.value and any(other.value or not other.later for other in variable.needs):
                    variable.value = changed = True


def is_later(holder):
    """Whether what is stored in this variable stays an awaitable; None stands for the hands of gather and await."""
    if holder is None:
        return True
    variable = holder[0].find(holder[1])
    return variable is not None and variable.later and not variable.value
