"""Names that may stand at a cursor. Nothing of the guest's runs for it: no property, no __getattr__, no __dir__.

The answer is {"from": n, "names": [...]}: the names fit the text from its n-th character on."""
import builtins
import keyword
import re
import sys
import types

from . import tools

mro_of = type.__dict__["__mro__"].__get__
dict_of_class = type.__dict__["__dict__"].__get__
CHAIN = re.compile(r"(?:[^\W\d]\w*\s*\.\s*)*(?:[^\W\d]\w*)?\Z")
IMPORT = re.compile(r"(?:^|[;\n])\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*([\w.]*)\Z")
FROM = re.compile(r"(?:^|[;\n])\s*from\s+([\w.]+)\s+import\s+\(?(?:\w+\s*,\s*)*(\w*)\Z")
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType,
             types.WrapperDescriptorType, types.ClassMethodDescriptorType)
MOST = 500
MODULES, STANDARD = sys.modules, list(sys.stdlib_module_names)
any, dict, list, set, sorted, type, vars = any, dict, list, set, sorted, type, vars  # the guest may put its own in their place
WORDS = keyword.kwlist + ["match", "case"]


def of(value, kind):
    """isinstance() that does not ask the value for its class."""
    return kind in mro_of(type(value))


def pairs(names):
    """The items of a dictionary, or of the view of a class's. It may be of a class of the guest's."""
    return dict.items(names) if of(names, dict) else names.items()


def texts(names):
    """Those of its keys that are plain texts. It is not asked for one: keys of the guest's compare as they like."""
    return [name for name, _ in pairs(names) if type(name) is str]


def entry_of(names, wanted):
    """(True, what it holds) or (False, None), likewise."""
    for name, value in pairs(names):
        if type(name) is str and name == wanted:
            return True, value
    return False, None


def own_dict(value):
    """The instance's own attributes, without asking the instance: only where no class on the way says what they are."""
    if of(value, types.ModuleType):
        return types.ModuleType.__dict__["__dict__"].__get__(value)
    for entry in mro_of(type(value)):
        found = entry_of(dict_of_class(entry), "__dict__")[1]
        if found is not None and type(found) is types.GetSetDescriptorType and found.__objclass__ is entry:
            return found.__get__(value)
    return {}


def attributes(value):
    if value is tools.tools:
        return sorted(tools.load())
    names = []
    if not of(value, type):
        names += texts(own_dict(value))
    if not of(value, types.ModuleType):
        for entry in mro_of(value if of(value, type) else type(value)):
            names += texts(dict_of_class(entry))
    return names


def member(value, name):
    """An attribute as it stands; LookupError if it is not there, or something would have to run for it."""
    if value is tools.tools:
        return tools.load()[name]
    is_class = of(value, type)
    entries = [entry_of(dict_of_class(entry), name) for entry in mro_of(value if is_class else type(value))]
    found = [held for there, held in entries if there]
    if found and type(found[0]) in (staticmethod, classmethod):
        return found[0].__func__
    if found and type(found[0]) not in FUNCTIONS and any(entry_of(dict_of_class(entry), "__get__")[0] for entry in mro_of(type(found[0]))):
        raise LookupError(name)
    there, held = entry_of({} if is_class else own_dict(value), name)
    if there:
        return held
    if not found:
        raise LookupError(name)
    return found[0]


def fitting(names, start):
    """Names that begin so; those with underscores only if asked for."""
    fit = sorted({name for name in names if type(name) is str and name.startswith(start) and name.isidentifier()})
    if not start.startswith("_"):
        fit = [name for name in fit if not name.startswith("_")]
    return fit[:MOST]


def modules():
    return [name.partition(".")[0] for name in texts(MODULES)] + STANDARD


def complete(text, names):
    """The answer for a text before a cursor, in a session with these globals."""
    found = FROM.search(text)
    if found:
        there, module = entry_of(MODULES, found[1])
        return answer(text, found[2], attributes(module) if there else ())
    found = IMPORT.search(text)
    if found:
        package, dot, start = found[1].rpartition(".")
        inner = [name[len(package) + 1:].partition(".")[0] for name in texts(MODULES) if name.startswith(package + ".")]
        return answer(text, start, inner if dot else modules())
    chain = CHAIN.search(text)[0]
    *parents, start = [part.strip() for part in chain.split(".")]
    before = text[:len(text) - len(chain)].rstrip()
    if before.endswith(".") or in_literal(text):
        return answer(text, start, ())
    if not parents:
        return answer(text, start, texts(names) + [name for name in texts(vars(builtins)) if name[:1] != "<"] + WORDS if start else ())
    try:
        there, value = entry_of(names, parents[0])
        if not there:
            there, value = entry_of(vars(builtins), parents[0])
        if not there:
            return answer(text, start, ())
        for part in parents[1:]:
            value = member(value, part)
    except LookupError:
        return answer(text, start, ())
    return answer(text, start, attributes(value))


def in_literal(text):
    """Whether the cursor stands in a string or a comment."""
    quote = None
    i = 0
    while i < len(text):
        three = text[i:i + 3]
        if quote:
            if text[i] == "\\":
                i += 1
            elif text.startswith(quote, i):
                i += len(quote) - 1
                quote = None
            elif text[i] == "\n" and len(quote) == 1:
                quote = None
        elif three in ('"""', "'''"):
            quote = three
            i += 2
        elif text[i] in "\"'":
            quote = text[i]
        elif text[i] == "#":
            end = text.find("\n", i)
            if end < 0:
                return True
            i = end
        i += 1
    return quote is not None


def answer(text, start, names):
    return {"from": len(text) - len(start), "names": fitting(names, start)}
