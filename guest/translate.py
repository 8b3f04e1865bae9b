#!/usr/bin/env python3
"""Rewrite the C that wasm2c 1.0.32 made of the QuickJS engine into faster C with the same meaning.

    translate.py [--base=r15|x28|portable] [--skip=NAME,...] SRC.c DST.c

Every step looks for the exact text wasm2c 1.0.32 writes and stops the build (exit 1, one message) when
that text is missing or is there more often than expected.  The steps:

  offsets   every access is 32 bits plus a constant that fits the guard behind each memory, or the build stops.

  memory    loads and stores go to `cl_base + address` without wasm2c's asm barrier.  A wasm address is a
            zero-extended u32 plus a constant offset < 2^32, so guard pages after the reservation keep it safe.
            r15, x28: cl_base is a global register variable.  portable: instance->w2c_memory.data.
  wrappers  (registers) every exported function saves, sets and restores the register.
  table     call_indirect checks against constant tables made from the elem segment (the table never changes):
            index < N, type == constant, else trap.
  dump      the test of JS_DUMP_BYTECODE_STEP before each opcode goes; JS_SetDumpFlags, the only writer of
            the flag, traps instead.
  refcount  JS_FreeValueRT's "not counted" and "not the last reference" and the interrupt counter's "not yet"
            become inline functions in front of the unchanged originals.
  dispatch  the interpreter's "load a byte, look its block up in linear memory, switch" becomes one jump
            through a constant table of labels, repeated at the end of every opcode.
"""
import re
import sys

GUARD_BYTES = 64 << 20  # src/core/slot.h: CL_GUARD_BYTES
PREFIX = 'Z_quickjsZ_'
INSTANCE = 'Z_quickjs_instance_t'
MEM = '&instance->w2c_memory'


def fail(message):
    sys.exit('translate.py: ' + message)


def replace_once(text, old, new, what):
    if text.count(old) != 1:
        fail(f'{what}: expected exactly one {old!r}, found {text.count(old)}')
    return text.replace(old, new)


def function_span(text, name):
    """Start and end of the definition of one generated function."""
    found = list(re.finditer(rf'^static \w+ {name}\([^)]*\) \{{\n.*?^\}}\n', text, re.M | re.S))
    if len(found) != 1:
        fail(f'expected one definition of {name}, found {len(found)}')
    return found[0].span()


# ---- memory ----

def offsets(text):
    """The wall: an address is 32 bits plus a constant, and what both can reach is reserved behind the memory."""
    accesses = len(re.findall(r'_(?:load|store)\w*\(&instance->w2c_memory, ', text))
    plain = len(re.findall(r'_(?:load|store)\w*\(&instance->w2c_memory, \(u64\)\(\w+\)[,)]', text))
    found = [int(n) for n in re.findall(r'_(?:load|store)\w*\(&instance->w2c_memory, \(u64\)\(\w+\) \+ (\d+)u?[,)]', text)]
    if not accesses or accesses != plain + len(found):
        fail(f'offsets: {accesses} memory accesses, {plain + len(found)} of the known shape')
    if max(found) + 16 >= GUARD_BYTES:
        fail(f'offsets: {max(found)} does not fit the guard of {GUARD_BYTES} bytes')


def memory(text, base):
    start = text.find('#else\nstatic inline void load_data')
    start = text.find('#define DEFINE_LOAD(name, t1, t2, t3)', start)
    end = text.find('#endif', start)
    if start < 0 or end < 0 or 'wasm_asm("" ::"r"(result));' not in text[start:end]:
        fail('memory: DEFINE_LOAD is not the one of wabt 1.0.32')
    place = '(cl_base + addr)' if base != 'portable' else '(mem->data + addr)'
    macros = (
        '#if !WASM_RT_MEMCHECK_SIGNAL_HANDLER\n#error "the accesses below rely on guard pages"\n#endif\n'
        '#define DEFINE_LOAD(name, t1, t2, t3) \\\n'
        '  static inline t3 name(wasm_rt_memory_t* mem, u64 addr) { \\\n'
        '    typedef t1 __attribute__((aligned(1), may_alias)) cell; \\\n'
        f'    (void)mem; return (t3)(t2)*(const cell*){place}; }}\n'
        '#define DEFINE_STORE(name, t1, t2) \\\n'
        '  static inline void name(wasm_rt_memory_t* mem, u64 addr, t2 value) { \\\n'
        '    typedef t1 __attribute__((aligned(1), may_alias)) cell; \\\n'
        f'    (void)mem; *(cell*){place} = (t1)value; }}\n')
    text = text[:start] + macros + text[end:]
    if base != 'portable':
        found = re.findall(r'^#include "[^"]+\.h"\n', text, re.M)
        if len(found) != 1:
            fail(f'memory: expected one #include of the generated header, found {len(found)}')
        text = text.replace(found[0], found[0] + f'\nregister u8* cl_base __asm__("{base}");\n')
    return text


def wrappers(text):
    head = re.compile(rf'^(\w+) ({PREFIX}\w+)\(({INSTANCE}\* instance[^)]*)\) \{{\n'
                      r'  (?:return )?(w2c_\w+\([^;{}]*\));\n\}\n', re.M)

    def wrap(found):
        kind, name, params, call = found.groups()
        enter = '  u8* host = cl_base;\n  cl_base = instance->w2c_memory.data;\n'
        if kind != 'void':
            body = f'{enter}  {kind} result = {call};\n  cl_base = host;\n  return result;\n'
        else:
            body = f'{enter}  {call};\n  cl_base = host;\n'
        return f'{kind} {name}({params}) {{\n{body}}}\n'

    text, count = head.subn(wrap, text)
    exports = re.findall(rf'^[\w* ]+ {PREFIX}\w+\({INSTANCE}\* instance[^)]*\) \{{\n(.*)\n', text, re.M)
    bare = [line for line in exports if 'u8* host' not in line and not line.startswith('  return &instance->')]
    if bare or count < 1:
        fail(f'wrappers: {count} wrapped, {len(bare)} exports of an unknown shape')
    return text


# ---- call_indirect ----

def table(text):
    kinds = re.findall(r'^  func_types\[(\d+)\] = wasm_rt_register_func_type\(([^;]*)\);\n', text, re.M)
    if not kinds or [int(number) for number, _ in kinds] != list(range(len(kinds))):
        fail('table: the function types are not numbered as expected')
    ids = {}  # signature -> 1, 2, ...; equal signatures are one type, as in wasm
    kind_id = [ids.setdefault(signature, len(ids) + 1) for _, signature in kinds]
    if len(ids) > 255:
        fail('table: more than 255 function types')

    elems = re.findall(r'^static const wasm_elem_segment_expr_t \w+\[\] = \{\n(.*?)^\};\n', text, re.M | re.S)
    setup = re.findall(r'^  funcref_table_init\(&instance->(\w+), \w+, (\d+), (\d+)u, 0, (\d+), instance, func_types\);\n',
                       text, re.M)
    sizes = re.findall(r'^  wasm_rt_allocate_funcref_table\(&instance->(\w+), (\d+), \d+\);\n', text, re.M)
    if len(elems) != 1 or len(setup) != 1 or len(sizes) != 1 or setup[0][0] != sizes[0][0]:
        fail('table: expected one function table filled by one segment')
    if re.search(r'^ .*\bfuncref_table_(?:get|set|copy|fill|grow)\(|^ .*wasm_rt_grow_funcref_table\(', text, re.M):
        fail('table: the module changes its table')
    rows = re.findall(r'^  \{(\d+), \(wasm_rt_function_ptr_t\)&(\w+), (\S+)\},\n', elems[0], re.M)
    if len(rows) != elems[0].count('\n') or len(rows) != int(setup[0][1]) or len(rows) != int(setup[0][3]):
        fail('table: a segment entry of an unknown shape')
    if any(offset != '0' for _, _, offset in rows):
        fail('table: an imported function is in the table')
    name, size, first = setup[0][0], int(sizes[0][1]), int(setup[0][2])
    entries = [(0, '0')] * first + [(kind_id[int(kind)], f'(wasm_rt_function_ptr_t)&{func}') for kind, func, _ in rows]
    if len(entries) > size:
        fail('table: the segment is longer than the table')
    entries += [(0, '0')] * (size - len(entries))

    start = text.find('#define CALL_INDIRECT(table, t, ft, x, ...)')
    end = text.find('\n\n', start)
    if start < 0 or end < 0:
        fail('table: no CALL_INDIRECT macro')
    text = text[:start] + (
        '/* The table never changes: constant types (0 for an empty entry) and functions, see translate.py. */\n'
        f'#define CALL_INDIRECT(t, kind, x, ...) \\\n'
        f'  (LIKELY((x) < {size}u && w2c_table_kind[x] == (kind)) || TRAP(CALL_INDIRECT), \\\n'
        '   ((t)w2c_table_func[x])(__VA_ARGS__))') + text[end:]

    calls = text.count('CALL_INDIRECT(instance->')
    shape = re.compile(rf'CALL_INDIRECT\(instance->{name}, (\w+ \(\*\)\([^()]*\)), (\d+), (\w+), '
                       rf'instance->{name}\.data\[\3\]\.module_instance')
    text, count = shape.subn(lambda m: f'CALL_INDIRECT({m[1]}, {kind_id[int(m[2])]}, {m[3]}, instance', text)
    if count != calls or count == 0:
        fail(f'table: {calls} indirect calls, {count} of the known shape')

    wide = 'static const u8 w2c_table_kind[] = {\n' + ''.join(
        '  ' + ', '.join(str(kind) for kind, _ in entries[at:at + 20]) + ',\n' for at in range(0, size, 20)) + '};\n'
    wide += 'static const wasm_rt_function_ptr_t w2c_table_func[] = {\n' + ''.join(
        f'  {func},\n' for _, func in entries) + '};\n\n'
    return replace_once(text, f'static void init_tables({INSTANCE}* instance) {{\n',
                        wide + f'static void init_tables({INSTANCE}* instance) {{\n', 'table')


# ---- the interpreter ----

# A loop head that reads a byte (the opcode), maps it to a block number through a table in linear memory and
# switches on the number.  The table is constant data of the module: LLVM's lowering of a computed goto.
DISPATCH = re.compile(
    r'^ *w2c_(?P<label>L\d+): \n'
    r'(?P<head>(?: *w2c_\w+ = [^;\n]*;\n)*?'
    r' *(?P<op>w2c_i\d+) = i32_load8_u\(&instance->w2c_memory, \(u64\)\((?P=op)\)\);\n'
    r'(?: *w2c_[lp]\d+ = (?P=op);\n)?)'
    r' *(?P<tmp>w2c_i\d+) = 2u;\n'
    r' *(?P=op) <<= \((?P=tmp) & 31\);\n'
    r' *(?P=op) = i32_load\(&instance->w2c_memory, \(u64\)\((?P=op)\) \+ (?P<at>\d+)u\);\n'
    r' *(?P=tmp) = (?P<low>\d+)u;\n'
    r' *(?P=op) -= (?P=tmp);\n'
    r' *switch \((?P=op)\) \{\n'
    r'(?P<cases>(?: *case \d+: goto w2c_\w+;\n)+)'
    r' *default: goto (?P<default>w2c_\w+);\n *\}\n', re.M)


def interpreter(text):
    """The function with the opcode dispatch: name, start, end."""
    found = list(DISPATCH.finditer(text))
    if len(found) != 1:
        fail(f'dispatch: expected one opcode dispatch, found {len(found)}')
    start = text.rindex('\nstatic ', 0, found[0].start()) + 1
    name = re.match(r'static \w+ (\w+)\(', text[start:]).group(1)
    return (name,) + function_span(text, name)


def linear_words(text, at, count):
    """`count` little-endian u32 of the initial linear memory from address `at`."""
    for start, name, size in re.findall(r'^  LOAD_DATA\(instance->w2c_memory, (\d+)u, (\w+), (\d+)\);\n', text, re.M):
        start, size = int(start), int(size)
        if start <= at and at + 4 * count <= start + size:
            body = re.search(rf'^static const u8 {name}\[\] = \{{\n(.*?)\}};\n', text, re.M | re.S).group(1)
            data = bytes(int(byte, 16) for byte in re.findall(r'0x[0-9a-f]{2}', body))
            if len(data) != size:
                fail(f'dispatch: data segment {name} has {len(data)} bytes, not {size}')
            data = data[at - start:at - start + 4 * count]
            return [int.from_bytes(data[i:i + 4], 'little') for i in range(0, 4 * count, 4)]
    fail(f'dispatch: no data segment holds the opcode table at {at}')


def dispatch(text):
    _, start, end = interpreter(text)
    body = text[start:end]
    found = DISPATCH.search(body)
    cases = {int(number): label for number, label in re.findall(r'case (\d+): goto (w2c_\w+);', found['cases'])}
    low = int(found['low'])
    targets = [cases.get((block - low) & 0xffffffff, found['default']) for block in linear_words(text, int(found['at']), 256)]
    op = found['op']
    jump = f'goto *w2c_opcode[{op}];'
    head = ' '.join(line.strip() for line in found['head'].splitlines())
    loop = f'goto w2c_{found["label"]};'
    again = body.count(loop)
    if again < 100:
        fail(f'dispatch: only {again} jumps back to the dispatch')
    table = ('  static const void* const w2c_opcode[256] = {\n'
             + ''.join(f'    &&{target},\n' for target in targets) + '  };\n')
    indent = '  '
    body = (body[:found.start()] + f'{indent}w2c_{found["label"]}:\n{indent}NEXT_OPCODE;\n' + body[found.end():])
    body = body.replace(loop, 'NEXT_OPCODE;')
    body = replace_once(body, '  FUNC_PROLOGUE;\n', table + '  FUNC_PROLOGUE;\n', 'dispatch')
    macro = f'#define NEXT_OPCODE do {{ {head} {jump} }} while (0)\n'
    return text[:start] + macro + body + '#undef NEXT_OPCODE\n' + text[end:]


def dump(text):
    _, start, end = interpreter(text)
    body = text[start:end]
    setter = function_span(text, 'w2c_JS_SetDumpFlags')
    at = re.findall(r'i32_store16\(&instance->w2c_memory, \(u64\)\(w2c_i0\) \+ (\d+), w2c_i1\);', text[slice(*setter)])
    if len(at) != 1:
        fail('dump: JS_SetDumpFlags is not as expected')
    if len(re.findall(rf'_store\w*\([^;\n]*\+ {at[0]}, ', text)) != 1:
        fail('dump: the flags are written outside JS_SetDumpFlags')
    shape = re.compile(
        r'^ *(w2c_i\d+) = i32_load\(&instance->w2c_memory, \(u64\)\(\1\)\);\n'
        rf' *\1 = i32_load8_u\(&instance->w2c_memory, \(u64\)\(\1\) \+ {at[0]}u\);\n'
        r' *(w2c_i\d+) = 128u;\n *\1 &= \2;\n'
        r' *if \(\1\) \{\n(?: *w2c_i\d+ = [^;\n]*;\n)+ *w2c_f\d+\(instance, [^;\n]*\);\n *\}\n', re.M)
    tests = len(re.findall(rf'i32_load8_u\(&instance->w2c_memory, \(u64\)\(w2c_i\d+\) \+ {at[0]}u\)', body))
    body, count = shape.subn('', body)
    if count < 100 or tests - count > 8:
        fail(f'dump: {count} of {tests} tests of the flag have the known shape')
    text = text[:start] + body + text[end:]
    first, last = function_span(text, 'w2c_JS_SetDumpFlags')
    head = text[first:last].split('\n', 1)[0]
    return text[:first] + head + '\n  UNREACHABLE; /* see translate.py, step dump */\n}\n' + text[last:]


# ---- the engine's own functions ----

def only(text, shape, what):
    """The one place where `shape` matches."""
    found = list(re.finditer(shape, text, re.M))
    if len(found) != 1:
        fail(f'{what}: expected one function of the known shape, found {len(found)}')
    return found[0]


def refcount(text):
    """The common ends of JS_FreeValueRT and of the interrupt counter become inline functions."""
    name = 'w2c_JS_FreeValueRT'
    start, end = function_span(text, name)
    shape = re.compile(
        r'w2c_j0 = w2c_p1;\n  w2c_j1 = (?P<tag>\d+)ull;\n  w2c_i0 = w2c_j0 < w2c_j1;\n  if \(w2c_i0\) \{goto w2c_B0;\}\n'
        r'  w2c_j0 = w2c_p1;\n  w2c_i0 = \(u32\)\(w2c_j0\);\n  w2c_l2 = w2c_i0;\n  w2c_i1 = 4u;\n  w2c_i0 -= w2c_i1;\n'
        r'  w2c_l3 = w2c_i0;\n  w2c_i1 = w2c_l3;\n  w2c_i1 = i32_load\(&instance->w2c_memory, \(u64\)\(w2c_i1\)\);\n'
        r'  w2c_l3 = w2c_i1;\n  w2c_i2 = 1u;\n  w2c_i1 -= w2c_i2;\n'
        r'  i32_store\(&instance->w2c_memory, \(u64\)\(w2c_i0\), w2c_i1\);\n  w2c_i0 = w2c_l3;\n  w2c_i1 = 1u;\n'
        r'  w2c_i0 = \(u32\)\(\(s32\)w2c_i0 > \(s32\)w2c_i1\);\n  if \(w2c_i0\) \{goto w2c_B0;\}\n')
    found = shape.search(text, start, end)
    tail = re.search(r'\n  w2c_B0:;\n  w2c_i0 = w2c_l4;\n  w2c_i1 = 16u;\n  w2c_i0 \+= w2c_i1;\n'
                     r'  instance->w2c___stack_pointer = w2c_i0;\n  FUNC_EPILOGUE;\n\}\n$', text[start:end])
    if not found or not tail:
        fail('refcount: JS_FreeValueRT is not as expected')
    fast = (f'static void {name}_last({INSTANCE}*, u32, u64);\n'
            f'static inline __attribute__((always_inline)) void {name}({INSTANCE}* instance, u32 w2c_p0, u64 w2c_p1) {{\n'
            f'  if (w2c_p1 < {found["tag"]}ull) return;\n'
            '  u32 count = i32_load(&instance->w2c_memory, (u64)((u32)w2c_p1 - 4u));\n'
            '  if (LIKELY((s32)count > 1)) {\n'
            '    i32_store(&instance->w2c_memory, (u64)((u32)w2c_p1 - 4u), count - 1u);\n    return;\n  }\n'
            f'  {name}_last(instance, w2c_p0, w2c_p1);\n}}\n\n')
    text = text[:start] + text[start:end].replace(f'void {name}(', f'void {name}_last(', 1) + text[end:]
    poll = only(text,
        r'^static u32 (?P<name>w2c_f\d+)\(Z_quickjs_instance_t\* instance, u32 w2c_p0\) \{\n  u32 w2c_l1 = 0, w2c_l2 = 0, w2c_l3 = 0;\n'
        r'  FUNC_PROLOGUE;\n  u32 w2c_i0, w2c_i1, w2c_i2;\n  w2c_i0 = w2c_p0;\n  w2c_i1 = w2c_p0;\n'
        r'  w2c_i1 = i32_load\(&instance->w2c_memory, \(u64\)\(w2c_i1\) \+ (?P<at>\d+)u\);\n  w2c_l1 = w2c_i1;\n'
        r'  w2c_i2 = 1u;\n  w2c_i1 -= w2c_i2;\n  i32_store\(&instance->w2c_memory, \(u64\)\(w2c_i0\) \+ (?P=at), w2c_i1\);\n'
        r'  w2c_i0 = w2c_l1;\n  w2c_i1 = 1u;\n  w2c_i0 = \(u32\)\(\(s32\)w2c_i0 <= \(s32\)w2c_i1\);\n  if \(w2c_i0\) \{\n'
        r'(?:    [^\n]*\n)+  \} else \{\n    w2c_i0 = 0u;\n  \}\n  FUNC_EPILOGUE;\n  return w2c_i0;\n\}\n', 'refcount')
    name, at = poll['name'], poll['at']
    text = text[:poll.start()] + poll[0].replace(f'{name}(', f'{name}_now(', 1) + text[poll.end():]
    fast += (f'static u32 {name}_now({INSTANCE}*, u32);\n'
             f'static inline __attribute__((always_inline)) u32 {name}({INSTANCE}* instance, u32 w2c_p0) {{\n'
             f'  u32 left = i32_load(&instance->w2c_memory, (u64)w2c_p0 + {at}u);\n'
             '  if (LIKELY((s32)left > 1)) {\n'
             f'    i32_store(&instance->w2c_memory, (u64)w2c_p0 + {at}u, left - 1u);\n    return 0;\n  }}\n'
             f'  return {name}_now(instance, w2c_p0);\n}}\n\n')
    return replace_once(text, f'static void init_tables({INSTANCE}* instance) {{\n',
                        fast + f'static void init_tables({INSTANCE}* instance) {{\n', 'refcount')


def main():
    base, skip, files = 'r15', set(), []
    for arg in sys.argv[1:]:
        if arg.startswith('--base='):
            base = arg[7:]
        elif arg.startswith('--skip='):
            skip = set(arg[7:].split(','))
        else:
            files.append(arg)
    if base not in ('r15', 'x28', 'portable') or len(files) != 2:
        fail('usage: translate.py [--base=r15|x28|portable] [--skip=STEP,...] SRC.c DST.c')
    with open(files[0]) as source:
        text = source.read()
    if not text.startswith('/* Automatically generated by wasm2c */'):
        fail(f'{files[0]} is not the output of wasm2c')
    offsets(text)
    if 'table' not in skip:
        text = table(text)
    if 'dump' not in skip:
        text = dump(text)
    if 'dispatch' not in skip:
        text = dispatch(text)
    if 'refcount' not in skip:
        text = refcount(text)
    text = memory(text, base)
    if base != 'portable':
        text = wrappers(text)
    with open(files[1], 'w') as target:
        target.write(text)


if __name__ == '__main__':
    main()
