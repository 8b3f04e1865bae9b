"""The steps of translate.py that hold for any module that wasm2c 1.0.32 made C of; see there."""
import collections
import re
import sys

GUARD_BYTES = 64 << 20  # src/core/slot.h: CL_GUARD_BYTES

# what a module's name makes of the names in its C
Module = collections.namedtuple('Module', 'name prefix instance')


def module_of(name):
    return Module(name, f'Z_{name}Z_', f'Z_{name}_instance_t')


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


def wrappers(text, module):
    head = re.compile(rf'^(\w+) ({module.prefix}\w+)\(({module.instance}\* instance[^)]*)\) \{{\n'
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
    exports = re.findall(rf'^[\w* ]+ {module.prefix}\w+\({module.instance}\* instance[^)]*\) \{{\n(.*)\n', text, re.M)
    bare = [line for line in exports if 'u8* host' not in line and not line.startswith('  return &instance->')]
    if bare or count < 1:
        fail(f'wrappers: {count} wrapped, {len(bare)} exports of an unknown shape')
    return text


# ---- call_indirect ----

def table(text, module):
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
    return replace_once(text, f'static void init_tables({module.instance}* instance) {{\n',
                        wide + f'static void init_tables({module.instance}* instance) {{\n', 'table')
