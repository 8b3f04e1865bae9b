"""How the author's source becomes what is run: calls of tools get their awaits.

One walk over the syntax tree finds, for each call, whether its result is wanted as a value or only later (awaited, in the
hands of gather and its kin, stored in a variable that is used so: scopes.py). Then nodes are changed in place, at their own
positions, so that lines and columns stay the author's:

    tools.x(1)          a value, where an await may stand     await <value>(tools.x)(1)
    gather(f(1))        later                                 gather(<later>(f)(1))
    await v                                                   await <ready>(v)

The names in angle brackets are in builtins, where no source can reach them; they decide at run time, so that a wrong guess
about what a name means harms nobody. Everywhere else a plain call of a tool stays as it is, and blocks.

Not here: which variables hold calls (scopes.py), what the names do (tools.py)."""
import ast

from .scopes import Scope, Uses, is_later

# Calls that take awaitables as their positional arguments, by the last part of their name.
TAKERS = frozenset(("gather", "wait", "wait_for", "shield", "as_completed", "create_task", "ensure_future", "run",
                    "run_coroutine_threadsafe"))  # of asyncio
TAKING_METHODS = frozenset(("create_task", "run_until_complete"))  # of loops and task groups, whatever they are called
TAKER_KEYWORDS = frozenset(("fs", "aws", "coro", "aw", "fut", "arg", "main", "future", "coro_or_future"))
ADDERS = frozenset(("append", "add", "insert", "extend", "appendleft", "setdefault"))
OF_FUTURES = frozenset(("done", "cancel", "cancelled", "exception", "add_done_callback"))
GETTERS = frozenset(("values", "items", "pop", "popleft", "get", "copy"))
COPIERS = frozenset(("list", "tuple", "set", "reversed", "iter", "frozenset"))
# These use up a generator at once, so that a list does as well.
EAGER = frozenset(("sum", "list", "tuple", "set", "frozenset", "sorted", "max", "min", "dict"))
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
ASYNCIO_MODULES = ("asyncio.tasks", "asyncio.runners")
WANTED = ("await", "async", "tools", "input", "run_until_complete")  # sources without these words stay as they are


def may_need(source):
    for word in WANTED:
        if word in source:
            return True
    return False


def transform(tree, names, input_is_tool, awaits=True):
    """Changes the tree of a module that will run with the globals `names`. `awaits`: it may wait at its top level. True: the
    author has an await of their own there."""
    walk = Walk(names, input_is_tool)
    top = Scope(None, "module", awaits)
    for statement in tree.body:
        walk.statement(statement, top)
    walk.apply()
    return walk.own_await


class Walk:
    def __init__(self, names, input_is_tool):
        self.names = names
        self.uses = Uses()
        self.calls = []  # (node, scope, wanted later, holder)
        self.awaits = []
        self.maps = []  # (call of map, holder)
        self.streams = []  # iterables of async for
        self.modules = {"tools"}
        self.tools = {"input"} if input_is_tool else set()
        self.asyncio = {"asyncio"}
        self.from_asyncio = {}  # name here: name there
        self.own_await = False

    # ---- statements

    def statement(self, node, scope):
        method = STATEMENTS.get(node.__class__)
        if method:
            method(self, node, scope)
        else:
            self.children(node, scope)

    def body(self, statements, scope):
        for statement in statements:
            self.statement(statement, scope)

    def children(self, node, scope):
        """What a node holds, in the order of the source; expressions are wanted as values."""
        for field in node._fields:
            child = getattr(node, field, None)
            if child.__class__ is list:
                for item in child:
                    if isinstance(item, ast.AST):
                        self.child(item, scope)
            elif isinstance(child, ast.AST):
                self.child(child, scope)

    def child(self, node, scope):
        if isinstance(node, ast.expr):
            self.value(node, scope)
        elif isinstance(node, ast.stmt):
            self.statement(node, scope)
        elif not isinstance(node, (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)):
            if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
                scope.bind(node.name).other = True
            self.children(node, scope)

    def do_function(self, node, scope):
        scope.bind(node.name).other = True
        for decorator in node.decorator_list:
            self.value(decorator, scope)
        inner = Scope(scope, "function", node.__class__ is ast.AsyncFunctionDef)
        self.arguments(node.args, scope, inner)
        self.body(node.body, inner)

    def arguments(self, args, scope, inner):
        for default in args.defaults + args.kw_defaults:
            if default is not None:
                self.value(default, scope)
        for arg in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]:
            if arg is not None:
                variable = inner.bind(arg.arg)
                variable.other = variable.value = True  # the caller has it, too

    def do_class(self, node, scope):
        scope.bind(node.name).other = True
        for outer in node.decorator_list + node.bases + node.keywords:
            self.child(outer, scope)
        self.body(node.body, Scope(scope, "class", False))

    def do_elsewhere(self, node, scope):
        for name in node.names:
            scope.elsewhere[name] = "global" if node.__class__ is ast.Global else "nonlocal"

    def do_import(self, node, scope):
        origin = getattr(node, "module", None)
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            scope.bind(name).other = True
            if origin is None and alias.name == "tools":
                self.modules.add(name)
            elif origin == "tools":
                self.tools.add(name)
            elif origin is None and alias.name == "asyncio":
                self.asyncio.add(name)
            elif origin == "asyncio":
                self.from_asyncio[name] = alias.name

    def do_assign(self, node, scope):
        targets = node.targets if node.__class__ is ast.Assign else [node.target]
        value = node.value
        if len(targets) != 1:
            for target in targets:
                self.target(target, scope, True)
            self.value(value, scope)
            return
        target = targets[0]
        if value is None:
            self.target(target, scope)
        elif target.__class__ is ast.Tuple and value.__class__ is ast.Tuple and len(target.elts) == len(value.elts):
            for one, its_value in zip(target.elts, value.elts):
                self.assign(one, its_value, scope)
        else:
            self.assign(target, value, scope)

    def assign(self, target, value, scope):
        if target.__class__ is ast.Name:
            variable = scope.bind(target.id)
            if is_box(value):
                variable.box = True
            elif not (value.__class__ is ast.Constant and value.value is None):
                variable.other = True
            if value.__class__ is ast.Attribute and self.is_tool(value):
                self.tools.add(target.id)
            self.later(value, scope, (scope, target.id))
        elif target.__class__ is ast.Subscript and target.value.__class__ is ast.Name:
            self.uses.box(scope, target.value.id)
            self.value(target.slice, scope)
            self.later(value, scope, (scope, target.value.id))
        else:
            self.target(target, scope, True)
            self.value(value, scope)

    def do_augmented(self, node, scope):
        if node.target.__class__ is ast.Name and node.op.__class__ is ast.Add and is_box(node.value):
            scope.bind(node.target.id)
            self.uses.box(scope, node.target.id)
            self.later(node.value, scope, (scope, node.target.id))
            return
        self.target(node.target, scope, True)
        self.value(node.value, scope)

    def target(self, node, scope, unknown=False):
        """Binds what a target names. `unknown`: what it gets is not followed, so that it holds values."""
        if node.__class__ is ast.Name:
            variable = scope.bind(node.id)
            variable.other = True
            if unknown:
                variable.value = True
        elif node.__class__ in (ast.Tuple, ast.List):
            for item in node.elts:
                self.target(item, scope, unknown)
        elif node.__class__ is ast.Starred:
            self.target(node.value, scope, unknown)
        else:
            self.value(node, scope)

    def do_for(self, node, scope):
        if node.__class__ is ast.AsyncFor:
            self.own_await = self.own_await or scope.parent is None
            self.streams.append(node)
            self.value(node.iter, scope)
            self.target(node.target, scope)
        else:
            self.iterate(node.target, node.iter, scope, scope)
        self.body(node.body, scope)
        self.body(node.orelse, scope)

    def do_with(self, node, scope):
        if node.__class__ is ast.AsyncWith and scope.parent is None:
            self.own_await = True
        for item in node.items:
            self.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self.target(item.optional_vars, scope)
        self.body(node.body, scope)

    def do_test(self, node, scope):
        """`if calls:` asks a container of ours whether it is empty, and does not use what is in it."""
        if node.test.__class__ is ast.Name:
            self.uses.box(scope, node.test.id)
        else:
            self.value(node.test, scope)
        self.body(node.body, scope)
        self.body(node.orelse, scope)

    def do_delete(self, node, scope):
        for target in node.targets:
            if target.__class__ is not ast.Name:
                self.value(target, scope)

    # ---- loops

    def iterate(self, target, source, scope, outer):
        """`for target in source`: `source` is evaluated in `outer`, the target is bound in `scope`."""
        name = source.func.id if source.__class__ is ast.Call and source.func.__class__ is ast.Name else None
        pair = target.elts if target.__class__ is ast.Tuple and len(target.elts) == 2 else None
        if source.__class__ is ast.Name and target.__class__ is ast.Name:
            scope.bind(target.id).other = True
            self.uses.box(outer, source.id)
            self.uses.later(outer, source.id, (scope, target.id))
        elif source.__class__ in (ast.List, ast.Tuple, ast.ListComp) and target.__class__ is ast.Name:
            scope.bind(target.id).other = True
            self.later(source, outer, (scope, target.id))
        elif name in COPIERS and len(source.args) == 1:
            self.uses.value(outer, name)
            self.iterate(target, source.args[0], scope, outer)
        elif name == "enumerate" and pair and source.args:
            self.target(pair[0], scope)
            self.iterate(pair[1], source.args[0], scope, outer)
            for more in source.args[1:] + source.keywords:
                self.child(more, outer)
        elif name == "zip" and target.__class__ is ast.Tuple and len(target.elts) == len(source.args):
            for one, its_source in zip(target.elts, source.args):
                self.iterate(one, its_source, scope, outer)
            for more in source.keywords:
                self.child(more, outer)
        elif is_method(source, ("items",)) and pair and not source.args:
            self.target(pair[0], scope)
            self.iterate(pair[1], source.func.value, scope, outer)
        elif is_method(source, ("values",)) and not source.args:
            self.iterate(target, source.func.value, scope, outer)
        else:
            self.value(source, outer)
            self.target(target, scope)

    def comprehension(self, node, scope, wanted_later, holder):
        own = node.__class__ is ast.GeneratorExp
        awaits = scope.awaits and (not own or has_await(node))
        inner = Scope(scope, "comprehension", awaits)
        outer = scope
        for generator in node.generators:
            if generator.is_async:
                self.own_await = self.own_await or in_module(scope)
                self.value(generator.iter, outer)
                self.target(generator.target, inner)
            else:
                self.iterate(generator.target, generator.iter, inner, outer)
            outer = inner
            for condition in generator.ifs:
                self.value(condition, inner)
        if node.__class__ is ast.DictComp:
            self.value(node.key, inner)
            element = node.value
        else:
            element = node.elt
        if wanted_later:
            self.later(element, inner, holder)
        else:
            self.value(element, inner)

    # ---- expressions

    def value(self, node, scope):
        kind = node.__class__
        if kind is ast.Name:
            if node.ctx.__class__ is ast.Load:
                self.uses.value(scope, node.id)
            else:
                self.target(node, scope)
        elif kind is ast.Call:
            self.call(node, scope, False, None)
        elif kind is ast.Await:
            if in_module(scope):
                self.own_await = True
            self.awaits.append(node)
            self.later(node.value, scope, None)
        elif kind is ast.Lambda:
            self.function_of_expression(node, scope, False)
        elif kind in COMPREHENSIONS:
            self.comprehension(node, scope, False, None)
        elif kind is ast.NamedExpr:
            holder = scope
            while holder.kind == "comprehension":
                holder = holder.parent
            self.target(node.target, holder, True)
            self.value(node.value, scope)
        elif kind is not ast.Constant:
            self.children(node, scope)

    def function_of_expression(self, node, scope, wanted_later):
        inner = Scope(scope, "function", False)
        self.arguments(node.args, scope, inner)
        if wanted_later:
            self.later(node.body, inner, None)
        else:
            self.value(node.body, inner)

    def later(self, node, scope, holder):
        """An expression whose result is awaited, or goes to the variable `holder`."""
        kind = node.__class__
        if kind is ast.Name:
            self.uses.later(scope, node.id, holder)
        elif kind is ast.Starred:
            self.later(node.value, scope, holder)
        elif kind in (ast.List, ast.Tuple, ast.Set):
            for item in node.elts:
                self.later(item, scope, holder)
        elif kind is ast.Dict:
            for key, item in zip(node.keys, node.values):
                if key is not None:
                    self.value(key, scope)
                self.later(item, scope, holder)
        elif kind is ast.IfExp:
            self.value(node.test, scope)
            self.later(node.body, scope, holder)
            self.later(node.orelse, scope, holder)
        elif kind is ast.BinOp and node.op.__class__ is ast.Add and (is_box(node.left) or is_box(node.right)):
            self.later(node.left, scope, holder)
            self.later(node.right, scope, holder)
        elif kind in COMPREHENSIONS:
            self.comprehension(node, scope, True, holder)
        elif kind is ast.Call:
            self.call(node, scope, True, holder)
        elif kind is ast.Subscript and node.value.__class__ is ast.Name:
            self.uses.later(scope, node.value.id, holder)
            self.value(node.slice, scope)
        else:
            self.value(node, scope)

    def call(self, node, scope, wanted_later, holder):
        func = node.func
        name = func.id if func.__class__ is ast.Name else None
        base = func.value.id if func.__class__ is ast.Attribute and func.value.__class__ is ast.Name else None
        method = func.attr if func.__class__ is ast.Attribute else None
        if self.is_tool(func):  # whatever it is called
            name = base = method = None
        elif self.takes(func):
            self.value(func, scope)
            for argument in node.args:
                self.later(argument, scope, None)
            for keyword in node.keywords:
                if keyword.arg in TAKER_KEYWORDS:
                    self.later(keyword.value, scope, None)
                else:
                    self.value(keyword.value, scope)
            self.calls.append((node, scope, False, None))
            return
        if wanted_later and name in COPIERS and len(node.args) == 1 and not node.keywords:
            self.later(node.args[0], scope, holder)
            return
        if wanted_later and name == "map" and len(node.args) > 1:
            if node.args[0].__class__ is ast.Lambda:
                self.function_of_expression(node.args[0], scope, holder is None)
            else:
                self.value(node.args[0], scope)
                self.maps.append((node, holder))
            for argument in node.args[1:]:
                self.value(argument, scope)
            return
        if name == "len" and len(node.args) == 1 and node.args[0].__class__ is ast.Name:
            self.uses.box(scope, node.args[0].id)
            return
        if base and method in ADDERS:
            self.uses.box(scope, base)
            for argument in node.args:
                self.later(argument, scope, (scope, base))
            return
        if base and method in OF_FUTURES:
            self.uses.neutral(scope, base)
        elif base and method == "keys" and not node.args:
            self.uses.box(scope, base)
        elif base and wanted_later and method in GETTERS:
            self.uses.box(scope, base)
            self.uses.later(scope, base, holder)
        else:
            self.value(func, scope)
        if name in EAGER and len(node.args) == 1 and node.args[0].__class__ is ast.GeneratorExp and scope.awaits:
            argument = node.args[0]
            if self.calls_tool(argument) and not has_await(argument):
                argument.__class__ = ast.ListComp
        for argument in node.args:
            self.value(argument, scope)
        for keyword in node.keywords:
            self.value(keyword.value, scope)
        self.calls.append((node, scope, wanted_later, holder))

    def is_tool(self, func):
        """Whether the source itself says that this is a tool."""
        kind = func.__class__
        if kind is ast.Name:
            return func.id in self.tools
        if kind in (ast.Attribute, ast.Subscript):
            return func.value.__class__ is ast.Name and func.value.id in self.modules
        if kind is ast.Call:
            return (func.func.__class__ is ast.Name and func.func.id == "getattr" and len(func.args) > 1
                    and func.args[0].__class__ is ast.Name and func.args[0].id in self.modules)
        return False

    def calls_tool(self, node):
        return any(item.__class__ is ast.Call and self.is_tool(item.func) for item in ast.walk(node))

    def is_of_asyncio(self, func):
        """The name that a function has in asyncio, as far as the source or its session says so; None: it is none."""
        if func.__class__ is ast.Attribute:
            return func.attr if func.value.__class__ is ast.Name and func.value.id in self.asyncio else None
        if func.__class__ is not ast.Name:
            return None
        if func.id in self.from_asyncio:
            return self.from_asyncio[func.id]
        known = self.names.get(func.id) if func.id in TAKERS else None
        return func.id if getattr(known, "__module__", None) in ASYNCIO_MODULES else None

    def takes(self, func):
        return (func.attr in TAKING_METHODS if func.__class__ is ast.Attribute else False) or self.is_of_asyncio(func) in TAKERS

    def runs_loop(self, func):
        return (func.__class__ is ast.Attribute and func.attr == "run_until_complete") or self.is_of_asyncio(func) == "run"

    # ---- changes

    def apply(self):
        self.uses.settle()
        for node, scope, wanted_later, holder in self.calls:
            if wanted_later and is_later(holder):
                if self.is_of_asyncio(node.func) is None:
                    node.func = helper("<later>", node.func)
            elif scope.awaits and (self.is_tool(node.func) or self.runs_loop(node.func)):
                become_await(node)
        for node, holder in self.maps:
            if is_later(holder):
                node.args[0] = helper("<later>", node.args[0])
        for node in self.awaits:
            if node.value.__class__ is not ast.Call or self.is_of_asyncio(node.value.func) is None:
                node.value = helper("<ready>", node.value)
        for node in self.streams:
            node.iter = helper("<stream>", node.iter)


def helper(name, argument):
    """A call of one of our names, at the place of its argument."""
    func = ast.copy_location(ast.Name(name, ast.Load()), argument)
    return ast.copy_location(ast.Call(func, [argument], []), argument)


def become_await(node):
    """The node itself changes, so that whoever holds it need not be told."""
    call = ast.copy_location(ast.Call(helper("<value>", node.func), node.args, node.keywords), node)
    node.__class__ = ast.Await
    node.value = call
    del node.func, node.args, node.keywords


def is_method(node, names):
    return node.__class__ is ast.Call and node.func.__class__ is ast.Attribute and node.func.attr in names


def is_box(node):
    """Whether an expression makes a new container."""
    if node.__class__ in DISPLAYS:
        return True
    if node.__class__ is ast.BinOp:
        return is_box(node.left) or is_box(node.right)
    return node.__class__ is ast.Call and node.func.__class__ is ast.Name and node.func.id in (
        "list", "tuple", "set", "dict", "deque")


def in_module(scope):
    while scope.kind == "comprehension":
        scope = scope.parent
    return scope.parent is None


def has_await(node):
    """Whether an expression waits by its author's word (a generator with an await is an async generator)."""
    for item in ast.walk(node):
        if item.__class__ is ast.Await or (item.__class__ is ast.comprehension and item.is_async):
            return True
    return False


STATEMENTS = {
    ast.FunctionDef: Walk.do_function,
    ast.AsyncFunctionDef: Walk.do_function,
    ast.ClassDef: Walk.do_class,
    ast.Global: Walk.do_elsewhere,
    ast.Nonlocal: Walk.do_elsewhere,
    ast.Import: Walk.do_import,
    ast.ImportFrom: Walk.do_import,
    ast.Assign: Walk.do_assign,
    ast.AnnAssign: Walk.do_assign,
    ast.AugAssign: Walk.do_augmented,
    ast.For: Walk.do_for,
    ast.AsyncFor: Walk.do_for,
    ast.With: Walk.do_with,
    ast.AsyncWith: Walk.do_with,
    ast.If: Walk.do_test,
    ast.While: Walk.do_test,
    ast.Delete: Walk.do_delete,
}
