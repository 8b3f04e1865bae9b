"""Cuts the C of a module, as translate.py leaves it, into files that compile side by side, in little memory.

A part names what it needs and nothing else, and is the same as before where its functions are, so that a change at the
end of a module leaves the objects of the other parts good.

  DIR/common.h    types and helpers
  DIR/init.c      what brings a module to life: globals, memory, table; only the program that makes images needs it
  DIR/data.S      the module's data segments, which init.c copies; the assembler takes them from data*.bin in DIR
  DIR/part0.c     the constant tables of call_indirect and the exports
  DIR/part1.c ... the functions, in their order
"""
import re

from translate_c import fail

PART = 4 << 20  # characters of C: about 20 s and 400 MB of gcc -O2
HIDDEN = '__attribute__((visibility("hidden"))) '
INCLUDE = '#include "common.h"\n'


def once(text, shape, what):
    found = list(re.finditer(shape, text, re.M | re.S))
    if len(found) != 1:
        fail(f'split: expected one {what}, found {len(found)}')
    return found[0]


def public(text):
    """The functions of the module, declared or defined, without `static`."""
    return re.sub(r'^static (\w+ w2c_\w+\()', HIDDEN + r'\1', text, flags=re.M)


def data_segments(text, folder):
    """Takes the data out of the text into files."""
    shape = re.compile(r'^static const u8 (data_segment_data_\w+)\[\] = \{\n([0-9a-fx, \n]*)\};\n', re.M)
    loads = re.findall(r'^  LOAD_DATA\(instance->w2c_memory, \d+u, (\w+), (\d+)\);\n', text, re.M)
    sizes = {name: int(size) for name, size in loads}
    assembly, names = ['  .section .rodata\n'], []

    def take(found):
        name = found[1]
        data = bytes.fromhex(found[2].replace('0x', '').replace(',', ''))
        if len(data) != sizes.get(name):
            fail(f'split: {name} has {len(data)} bytes, {sizes.get(name)} are loaded')
        (folder / f'data{len(names)}.bin').write_bytes(data)
        assembly.append(f'  .global {name}\n  .hidden {name}\n  .balign 16\n{name}:\n'
                        f'  .incbin "data{len(names)}.bin"\n')
        names.append(name)
        return f'{HIDDEN}extern const u8 {name}[];\n'

    text = shape.sub(take, text)
    if set(names) != set(sizes) or len(names) != text.count('extern const u8 data_segment_data_'):
        fail(f'split: {len(names)} data segments, {len(sizes)} are loaded')
    (folder / 'data.S').write_text(''.join(assembly) + '  .section .note.GNU-stack,"",@progbits\n')
    return text


def header_parts(header, module):
    """Of the generated header: what is before the imports and exports, and the imports' declarations by name."""
    at = header.find('\n/* import: ')
    at = at if at >= 0 else header.index('\n/* export: ')
    imports = re.findall(r'^/\* import: [^\n]*\n(\w+ (Z_\w+)\([^;]*\);\n)', header, re.M)
    imports = {name: line for line, name in imports}
    if len(imports) != header.count('\n/* import: ') or f'typedef struct {module.instance} {{' not in header[:at]:
        fail('split: the header is not as expected')
    return header[:at] + '\n#ifdef __cplusplus\n}\n#endif\n#endif\n', imports


def split(text, header, module, folder):
    folder.mkdir(parents=True, exist_ok=True)
    text = data_segments(text, folder)
    types = once(text, r'^static bool s_module_initialized = false;\n\nstatic u32 func_types\[\d+\];\n.*?^\}\n',
                 'function types')
    first = once(text, rf'^static void init_globals\({module.instance}\* instance\) \{{\n', 'init_globals').start()
    table = once(text, r'^static const u8 w2c_table_kind\[\] = \{\n.*?^\};\n'
                       r'static const wasm_rt_function_ptr_t w2c_table_func\[\] = \{\n.*?^\};\n', 'constant table')
    setup = once(text, rf'^static void init_elem_instances\({module.instance} \*instance\) \{{\n\}}\n',
                 'init_elem_instances').end()
    exports = once(text, r"^/\* export: 'memory' \*/\n", 'export of the memory').start()
    end = once(text, rf'^static void init_instance_import\({module.instance}\* instance', 'end of the exports').start()

    types_only, imports = header_parts(header, module)
    declared = public(text[types.end():first])
    common = text[:types.start()].replace(f'#include "{module.name}.h"\n', types_only)
    common += (f'{HIDDEN}extern const u8 w2c_table_kind[];\n'
               f'{HIDDEN}extern const wasm_rt_function_ptr_t w2c_table_func[];\n')
    (folder / 'common.h').write_text(common)
    whole = INCLUDE + f'#include "{module.name}.h"\n' + declared
    (folder / 'init.c').write_text(whole + types[0] + text[first:table.start()] + text[table.end():setup] + text[end:])
    (folder / 'part0.c').write_text(whole + table[0].replace('static const', 'const') + text[exports:end])

    known = re.findall(rf'^({re.escape(HIDDEN)}\w+ (w2c_\w+)\([^;]*\);\n)', declared, re.M)
    known = {name: line for line, name in known}
    body = text[setup:exports]
    functions, at = [], 0
    shape = rf'^static \w+ w2c_\w+\({module.instance}\* instance[^)]*\) \{{\n.*?^\}}\n'
    for found in re.finditer(shape, body, re.M | re.S):
        functions.append(body[at:found.end()])
        at = found.end()
    if body[at:].strip() or not len(functions) == len(known) == declared.count(HIDDEN):
        fail(f'split: {declared.count(HIDDEN)} functions declared, {len(functions)} found')
    number, file, size = 1, [], 0
    for function in [*functions, None]:
        if size >= PART or (function is None and file):
            content = ''.join(file)
            called = dict.fromkeys(re.findall(r'\b(w2c_\w+)\(instance\b', content))
            host = dict.fromkeys(re.findall(r'\(\*(Z_\w+)\)\(instance->', content))
            needs = [known[name] for name in called] + [imports[name] for name in host]
            (folder / f'part{number}.c').write_text(INCLUDE + ''.join(needs) + content)
            number, file, size = number + 1, [], 0
        if function is not None:
            file.append(public(function))
            size += len(function)
