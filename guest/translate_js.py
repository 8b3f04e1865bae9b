"""The steps of translate.py that know QuickJS: its interpreter's dispatch, reference counts and interrupt counter; see there."""
import re

from translate_c import fail, function_span, module_of, replace_once

MODULE = module_of('quickjs')
INSTANCE = MODULE.instance


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
