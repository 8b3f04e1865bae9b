#!/usr/bin/env python3
"""Links an engine's wasm and WebAssembly side modules (dylink.0) into one module, so that its function table and the
addresses of all data are constants, and native code and browsers run the very same bytes.

usage: merge_wasm.py [--missing NAME ...] MAIN.wasm SIDE.so ... OUT.wasm

What a dynamic linker does when a side module is loaded is done here for good:

  memory     a side module's data lie behind the main module's initial memory, which grows by as many pages
  table      its part of the table follows the main module's, in one element segment
  imports    of the main module's exports, else of its own (weak symbols of C++ libraries are both), become plain calls;
             imports that the main module has, too, are shared
  globals    __memory_base, __table_base, GOT.* and globals that hold relocated addresses become constants
  start      the start function and __wasm_apply_data_relocs are run here: they are straight-line stores of constants
  exports    qjs_ext_NAME_init of each side module is exported; its other exports are for nobody
  the rest   functions of side modules that nothing calls any more are left out; the main module's are all kept

A name that nobody defines and somebody can reach stops the build, unless --missing says so: a missing function then
traps when it is called, a missing function pointer is null, missing data are 16 bytes of zeros.
Whatever is not as expected stops the build with one message.
"""
import argparse
import re
import sys

from patch_wasm import leb as u, signed_leb as s

PAGE = 65536
ALIGN = 16
INIT = re.compile(r"qjs_ext_\w+_init")
FUNC, TABLE, MEMORY, GLOBAL = range(4)  # kinds of imports and exports


def fail(message):
    sys.exit(f"merge_wasm.py: {message}")


# ---- reading and writing

class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def done(self):
        return self.at >= len(self.data)

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def take(self, count):
        if self.at + count > len(self.data):
            fail("a section is cut short")
        self.at += count
        return self.data[self.at - count:self.at]

    def u(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value

    def s(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value - (1 << shift) if byte & 0x40 else value

    def name(self):
        return self.take(self.u()).decode()

    def many(self, one):
        return [one() for _ in range(self.u())]


def i32_const(value):
    value &= 0xFFFFFFFF
    return b"\x41" + s(value - (1 << 32) if value >= 1 << 31 else value)


def text(name):
    return u(len(name.encode())) + name.encode()


def vector(items):
    return u(len(items)) + b"".join(items)


def section(kind, body):
    return bytes([kind]) + u(len(body)) + body


# ---- modules

class Module:
    """The sections of a module as lists; function, table, memory and global numbers count imports first."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        if data[:8] != b"\0asm\x01\0\0\0":
            fail(f"{path} is not a wasm module of version 1")
        self.path = path
        self.types, self.imports, self.functions, self.tables, self.memories = [], [], [], [], []
        self.globals, self.exports, self.elements, self.bodies, self.data = [], [], [], [], []
        self.start, self.dylink, self.customs = None, None, []
        parts = {1: ("types", self.type), 2: ("imports", self.imported), 3: ("functions", lambda r: r.u()),
                 4: ("tables", self.table), 5: ("memories", self.limits), 6: ("globals", self.one_global),
                 7: ("exports", self.export), 9: ("elements", self.element), 10: ("bodies", lambda r: r.take(r.u())),
                 11: ("data", self.segment)}
        whole = Reader(data[8:])
        while not whole.done():
            kind = whole.byte()
            reader = Reader(whole.take(whole.u()))
            if kind == 0:
                self.custom(reader)
            elif kind == 8:
                self.start = reader.u()
            elif kind in parts:
                name, one = parts[kind]
                setattr(self, name, reader.many(lambda: one(reader)))
            elif kind != 12:
                fail(f"{path}: section {kind} is unknown")
        if len(self.functions) != len(self.bodies):
            fail(f"{path}: {len(self.functions)} functions, {len(self.bodies)} bodies")
        self.imported_functions = [one for one in self.imports if one[2] == FUNC]
        self.imported_globals = [one for one in self.imports if one[2] == GLOBAL]
        self.first = len(self.imported_functions)  # number of the first function that is its own

    def type(self, reader):
        if reader.byte() != 0x60:
            fail(f"{self.path}: a type is no function")
        return bytes(reader.many(reader.byte)), bytes(reader.many(reader.byte))

    def limits(self, reader):
        flags, low = reader.byte(), reader.u()
        if flags > 1:
            fail(f"{self.path}: limits of kind {flags}")
        return low, reader.u() if flags else None

    def table(self, reader):
        if reader.byte() != 0x70:
            fail(f"{self.path}: a table that is not of functions")
        return self.limits(reader)

    def imported(self, reader):
        module, name, kind = reader.name(), reader.name(), reader.byte()
        if kind == FUNC:
            what = reader.u()
        elif kind == TABLE:
            what = self.table(reader)
        elif kind == MEMORY:
            what = self.limits(reader)
        else:
            what = (reader.byte(), reader.byte())
        return module, name, kind, what

    def expression(self, reader):
        """A constant expression, as instructions."""
        out = []
        while True:
            op = reader.byte()
            if op == 0x0B:
                return out
            if op not in (0x23, 0x41, 0x6A):
                fail(f"{self.path}: opcode 0x{op:02x} in a constant expression")
            out.append((op, reader.u() if op == 0x23 else reader.s() if op == 0x41 else None))

    def one_global(self, reader):
        kind, mutable = reader.byte(), reader.byte()
        return kind, mutable, self.expression(reader)

    def export(self, reader):
        return reader.name(), reader.byte(), reader.u()

    def element(self, reader):
        if reader.u() != 0:
            fail(f"{self.path}: an element segment that is not a plain active one")
        return self.expression(reader), reader.many(reader.u)

    def segment(self, reader):
        if reader.u() != 0:
            fail(f"{self.path}: a data segment that is not a plain active one")
        return self.expression(reader), reader.take(reader.u())

    def custom(self, reader):
        name = reader.name()
        if name == "dylink.0":
            while not reader.done():
                kind, part = reader.u(), Reader(reader.take(reader.u()))
                if kind == 1:
                    self.dylink = [part.u() for _ in range(4)]  # memory size and alignment, table size and alignment

    def exported(self, kind):
        return {name: number for name, what, number in self.exports if what == kind}

    def type_of(self, function):
        if function < self.first:
            return self.types[self.imported_functions[function][3]]
        return self.types[self.functions[function - self.first]]


# ---- instructions

PLAIN = set(range(0x45, 0xC5)) | {0x00, 0x01, 0x05, 0x0B, 0x0F, 0x1A, 0x1B, 0xD1}  # no immediates
INDEX = {0x0C, 0x0D, 0x20, 0x21, 0x22, 0x25, 0x26}  # one number that stays: labels, locals, the table
BLOCK = {0x02, 0x03, 0x04}
ACCESS = range(0x28, 0x3F)
CALL, CALL_INDIRECT, GET, SET, REF_FUNC, END = 0x10, 0x11, 0x23, 0x24, 0xD2, 0x0B


def instructions(reader, path):
    """Yields (opcode, immediates, bytes) of a body; a block with a type number has ('type', n) as its immediate."""
    data = reader.data
    while not reader.done():
        start, op = reader.at, reader.byte()
        what = None
        if op in PLAIN:
            pass
        elif op in INDEX or op in (CALL, GET, SET, REF_FUNC):
            what = reader.u()
        elif op in BLOCK:
            kind = reader.s()
            what = ("type", kind) if kind >= 0 else None
        elif op in ACCESS:
            what = (reader.u(), reader.u())
        elif op == CALL_INDIRECT:
            what = (reader.u(), reader.u())
        elif op == 0x0E:
            reader.many(reader.u)
            reader.u()
        elif op in (0x41, 0x42):
            what = reader.s()
        elif op in (0x43, 0x44):
            reader.take(4 if op == 0x43 else 8)
        elif op in (0x3F, 0x40):
            reader.byte()
        elif op == 0xD0:
            reader.byte()
        elif op == 0x1C:
            reader.many(reader.byte)
        elif op == 0xFC:
            sub = reader.u()
            if sub == 10:
                reader.take(2)
            elif sub == 11:
                reader.take(1)
            elif sub > 7:
                fail(f"{path}: instruction 0xfc {sub} is not known to be safe to move")
            what = sub
        else:
            fail(f"{path}: opcode 0x{op:02x} is unknown")
        yield op, what, data[start:reader.at]


# ---- a side module's start, run here

class Start:
    """Runs straight-line code over constants: loads and stores in the module's own data, and its own globals."""

    def __init__(self, side):
        self.side, self.constants = side, dict(side.constants)

    def at(self, address, size):
        offset = address - self.side.base
        if not 0 <= offset <= len(self.side.memory) - size:
            fail(f"{self.side.path}: its start writes outside its own data")
        return offset

    def run(self, number):
        body = Reader(self.side.bodies[number - self.side.first])
        kinds = [(body.u(), body.byte()) for _ in range(body.u())]
        if self.side.type_of(number) != (b"", b""):
            fail(f"{self.side.path}: its start takes or gives something")
        values, stack = [0] * sum(count for count, _ in kinds), []
        for op, what, _ in instructions(body, self.side.path):
            if op == GET:
                stack.append(self.side.constant(what, self.constants))
            elif op == SET:
                self.constants[what] = stack.pop()
            elif op in (0x41, 0x42):
                stack.append(what)
            elif op in (0x6A, 0x6B):
                right, left = stack.pop(), stack.pop()
                stack.append((left + right if op == 0x6A else left - right) & 0xFFFFFFFF)
            elif op == 0x20:
                stack.append(values[what])
            elif op == 0x21:
                values[what] = stack.pop()
            elif op == 0x22:
                values[what] = stack[-1]
            elif op in (0x36, 0x37):
                size = 4 if op == 0x36 else 8
                value, address = stack.pop(), stack.pop() + what[1]
                offset = self.at(address, size)
                self.side.memory[offset:offset + size] = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
            elif op == 0xFC and what == 11:
                size, value, address = stack.pop(), stack.pop(), stack.pop()
                offset = self.at(address, size)
                self.side.memory[offset:offset + size] = bytes([value & 255]) * size
            elif op == END and body.done():
                return
            else:
                fail(f"{self.side.path}: opcode 0x{op:02x} in its start: it cannot be run here")


# ---- the link

class Side(Module):
    """A side module at its place: `base` in memory, `table_at` in the table. `constants`: what its globals are."""

    def place(self, base, table_at, main, missing):
        self.base, self.table_at, self.main = base, table_at, main
        self.extra_elements = []
        self.constants = {}
        self.measure()
        for number, (module, name, _, (kind, mutable)) in enumerate(self.imported_globals):
            if (module, name) == ("env", "__stack_pointer"):
                continue  # shared with the main module
            if (module, name) in (("env", "__memory_base"), ("env", "__table_base")):
                value = self.constants[number]
            elif module == "GOT.func":
                value = self.pointer_to(name, missing)
            elif module == "GOT.mem" and name in missing:
                value = base + len(self.memory) + -len(self.memory) % ALIGN
                self.memory += bytes(value - base + ALIGN - len(self.memory))
            else:
                fail(f"{self.path}: the global {module}.{name} is not defined")
            if kind != 0x7F:
                fail(f"{self.path}: the global {module}.{name} is no i32")
            self.constants[number] = value
        count = len(self.imported_globals)
        for number, (kind, _, expression) in enumerate(self.globals, count):
            self.constants[number] = self.value(expression)
        for expression, body in self.data:
            offset = self.value(expression) - base
            if not 0 <= offset <= len(self.memory) - len(body):
                fail(f"{self.path}: a data segment outside its memory")
            self.memory[offset:offset + len(body)] = body
        self.run_start()

    def measure(self):
        """How much memory and table it takes; without a dylink.0 section, as from wat2wasm, that of its segments."""
        names = {"__memory_base": self.base, "__table_base": self.table_at}
        self.constants = {number: names[one[1]] for number, one in enumerate(self.imported_globals) if one[1] in names}
        if self.dylink is None:
            ends = [self.value(at) - self.base + len(body) for at, body in self.data]
            rows = [self.value(at) - self.table_at + len(functions) for at, functions in self.elements]
            self.dylink = [max(ends, default=0), 0, max(rows, default=0), 0]
        if self.dylink[1] > 4 or self.dylink[3] != 0:
            fail(f"{self.path}: alignment of 2^{self.dylink[1]} bytes")
        self.memory = bytearray(self.dylink[0])

    def pointer_to(self, name, missing):
        """A table index for a function of the main module."""
        number = self.main.exported(FUNC).get(name)
        if number is None:
            if name not in missing:
                fail(f"{self.path}: the function {name} is not defined")
            return 0
        self.extra_elements.append(number)
        return self.table_at + self.dylink[2] + len(self.extra_elements) - 1

    def constant(self, number, constants):
        if number not in constants:
            fail(f"{self.path}: global {number} is no constant")
        return constants[number]

    def value(self, expression):
        stack = []
        for op, what in expression:
            if op == 0x6A:
                stack.append(stack.pop() + stack.pop() & 0xFFFFFFFF)
            else:
                stack.append(self.constant(what, self.constants) if op == 0x23 else what)
        if len(stack) != 1:
            fail(f"{self.path}: a constant expression leaves {len(stack)} values")
        return stack[0]

    def run_start(self):
        exports = self.exported(FUNC)
        run = Start(self)
        self.gone = {number for number in (self.start, exports.get("__wasm_apply_data_relocs")) if number is not None}
        if "__wasm_call_ctors" in exports:
            fail(f"{self.path}: it has constructors")
        for number in ([self.start] if self.start is not None else []) + sorted(self.gone - {self.start}):
            run.run(number)
        self.constants = run.constants

    def elements_of_table(self):
        """Its part of the table, by its own function numbers; None where nothing is."""
        part = [None] * self.dylink[2]
        for expression, functions in self.elements:
            offset = self.value(expression) - self.table_at
            if not 0 <= offset <= len(part) - len(functions):
                fail(f"{self.path}: an element segment outside its part of the table")
            part[offset:offset + len(functions)] = functions
        return part

    def reachable(self, roots):
        """Its own functions that can be reached, in order, and the names of imports that can be."""
        own, imported, todo = set(), set(), list(roots)
        exports = self.exported(FUNC)
        while todo:
            number = todo.pop()
            if number < self.first:
                module, name, _, _ = self.imported_functions[number]
                target = None if (module, name) in self.main.known else exports.get(name)
                if target is None:
                    imported.add(number)
                    continue
                number = target
            if number in own:
                continue
            own.add(number)
            todo += [what for op, what, _ in self.code(number)[1] if op in (CALL, REF_FUNC)]
        return sorted(own), imported

    def code(self, number):
        """Declarations of locals, as bytes, and instructions of a function."""
        reader = Reader(self.bodies[number - self.first])
        for _ in range(reader.u()):
            reader.u()
            reader.byte()
        return reader.data[:reader.at], instructions(reader, self.path)


def known_names(main):
    """What a side module can import: (module, name) -> function number of the main module."""
    known = {("env", name): number for name, number in main.exported(FUNC).items()}
    for number, (module, name, _, _) in enumerate(main.imported_functions):
        known[module, name] = number
    return known


class Link:
    def __init__(self, main, sides, missing):
        self.main, self.sides, self.missing = main, sides, set(missing)
        if len(main.tables) != 1 or len(main.memories) != 1 or len(main.elements) != 1 or main.start is not None:
            fail(f"{main.path}: expected one table, one memory, one element segment and no start")
        self.type_numbers = {}
        for number, kind in enumerate(main.types):
            self.type_numbers.setdefault(kind, number)
        self.types, self.functions, self.bodies = list(main.types), list(main.functions), list(main.bodies)
        self.exports, self.unused = list(main.exports), set(self.missing)
        self.elements = list(main.elements[0][1])
        first = self.main_value(main.elements[0][0])
        if first + len(self.elements) != main.tables[0][0]:
            fail(f"{main.path}: its elements do not reach the end of its table")
        self.table_size = main.tables[0][0]
        self.top = main.memories[0][0] * PAGE
        self.segments = []
        self.traps = {}
        main.known = known_names(main)
        for side in sides:
            self.link(side)

    def main_value(self, expression):
        if len(expression) != 1 or expression[0][0] != 0x41:
            fail(f"{self.main.path}: an offset is no constant")
        return expression[0][1]

    def type_number(self, kind):
        if kind not in self.type_numbers:
            self.type_numbers[kind] = len(self.types)
            self.types.append(kind)
        return self.type_numbers[kind]

    def add_function(self, kind, body):
        self.functions.append(self.type_number(kind))
        self.bodies.append(body)
        return self.main.first + len(self.functions) - 1

    def link(self, side):
        side.place(self.top, self.table_size, self.main, self.missing)
        part = side.elements_of_table()
        inits = {name: number for name, number in side.exported(FUNC).items() if INIT.fullmatch(name)}
        if len(inits) != 1:
            fail(f"{side.path}: {len(inits)} functions named qjs_ext_*_init")
        own, imported = side.reachable([number for number in part if number is not None] + list(inits.values()))
        numbers = {number: self.imported(side, number) for number in sorted(imported)}
        for number in own:
            numbers[number] = self.add_function(side.type_of(number), b"")
        for number in range(side.first):  # calls of its own weak symbols
            target = side.exported(FUNC).get(side.imported_functions[number][1])
            if number not in numbers and target in numbers:
                if side.type_of(number) != side.type_of(target):
                    fail(f"{side.path}: {side.imported_functions[number][1]} is imported and exported as different types")
                numbers[number] = numbers[target]
        for number in own:
            self.bodies[numbers[number] - self.main.first] = self.moved(side, number, numbers)
        if any(number is None for number in part):
            fail(f"{side.path}: a hole in its part of the table")
        self.elements += [numbers[number] for number in part] + side.extra_elements
        self.table_size += len(part) + len(side.extra_elements)
        self.exports += [(name, FUNC, numbers[number]) for name, number in inits.items()]
        body = bytes(side.memory).rstrip(b"\0")
        if body:
            self.segments.append((side.base, body))
        self.top = side.base + len(side.memory)
        self.top += -self.top % ALIGN
        self.unused -= {one[1] for one in side.imports}

    def imported(self, side, number):
        module, name, _, _ = side.imported_functions[number]
        kind = side.type_of(number)
        target = self.main.known.get((module, name))
        if target is not None:
            if self.main.type_of(target) != kind:
                fail(f"{side.path}: {name} is of another type in the main module")
            return target
        if name not in self.missing:
            fail(f"{side.path}: the function {module}.{name} is not defined")
        if (name, kind) not in self.traps:
            self.traps[name, kind] = self.add_function(kind, b"\x00\x00\x0b")  # unreachable
        return self.traps[name, kind]

    def moved(self, side, number, numbers):
        """A function's body with the numbers of the merged module."""
        head, code = side.code(number)
        out = [head]
        for op, what, raw in code:
            if op in (CALL, REF_FUNC):
                raw = bytes([op]) + u(numbers[what])
            elif op == CALL_INDIRECT:
                if what[1] != 0:
                    fail(f"{side.path}: a second table")
                raw = bytes([op]) + u(self.type_number(side.types[what[0]])) + u(0)
            elif op in BLOCK and what is not None:
                raw = bytes([op]) + s(self.type_number(side.types[what[1]]))
            elif op in (GET, SET):
                if self.is_stack_pointer(side, what):
                    raw = bytes([op]) + u(self.main.exported(GLOBAL)["__stack_pointer"])
                elif op == GET:
                    raw = i32_const(side.constant(what, side.constants))
                else:
                    fail(f"{side.path}: a global changes at run time: it would be lost with the cell")
            out.append(raw)
        return b"".join(out)

    def is_stack_pointer(self, side, number):
        return number < len(side.imported_globals) and side.imported_globals[number][1] == "__stack_pointer"

    def write(self):
        if self.unused:
            fail(f"--missing names what nobody imports: {', '.join(sorted(self.unused))}")
        main, limits = self.main, lambda low, high: b"\0" + u(low) if high is None else b"\1" + u(low) + u(high)
        pages = -(-self.top // PAGE)
        if main.memories[0][1] is not None or main.tables[0][1] not in (None, main.tables[0][0]):
            fail(f"{main.path}: a memory or a table with a limit of another kind")
        table = limits(self.table_size, None if main.tables[0][1] is None else self.table_size)
        constant = lambda expression: b"".join(i32_const(what) for _, what in expression) + b"\x0b"
        segments = [b"\0" + constant(at) + u(len(body)) + body for at, body in main.data]
        segments += [b"\0" + i32_const(at) + b"\x0b" + u(len(body)) + body for at, body in self.segments]
        for at, _ in main.data:
            self.main_value(at)
        for _, _, at in main.globals:
            self.main_value(at)
        return b"".join([
            b"\0asm\x01\0\0\0",
            section(1, vector([b"\x60" + u(len(a)) + a + u(len(b)) + b for a, b in self.types])),
            section(2, vector([self.import_bytes(one) for one in main.imports])),
            section(3, vector([u(number) for number in self.functions])),
            section(4, vector([b"\x70" + table])),
            section(5, vector([limits(pages, None)])),
            section(6, vector([bytes([kind, mutable]) + constant(at) for kind, mutable, at in main.globals])),
            section(7, vector([text(name) + bytes([kind]) + u(number) for name, kind, number in self.exports])),
            section(9, vector([b"\0" + constant(main.elements[0][0]) + vector([u(n) for n in self.elements])])),
            section(12, u(len(segments))),
            section(10, vector([u(len(body)) + body for body in self.bodies])),
            section(11, vector(segments)),
        ])

    def import_bytes(self, one):
        module, name, kind, what = one
        if kind != FUNC:
            fail(f"{self.main.path}: it imports more than functions")
        return text(module) + text(name) + bytes([kind]) + u(what)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--missing", action="append", default=[])
    parser.add_argument("files", nargs="+", metavar="MAIN.wasm SIDE.so ... OUT.wasm")
    args = parser.parse_args()
    if len(args.files) < 2:
        fail("usage: merge_wasm.py [--missing NAME ...] MAIN.wasm SIDE.so ... OUT.wasm")
    out = Link(Module(args.files[0]), [Side(path) for path in args.files[1:-1]], args.missing).write()
    with open(args.files[-1], "wb") as file:
        file.write(out)


if __name__ == "__main__":
    try:
        main()
    except (IndexError, UnicodeDecodeError):
        fail("a module is cut short")
