"""Cuts the C of a module, as translate.py leaves it, into files that compile side by side in little memory.

  DIR/module.h    types, helpers, declarations: what was static becomes hidden
  DIR/init.c      what brings a module to life: globals, memory, table; only the program that makes images needs it
  DIR/data.S      the module's data segments, which init.c copies; the assembler takes them from data*.bin in DIR
  DIR/part0.c     the constant tables of call_indirect and the exports
  DIR/part1.c ... the functions, in their order
"""
import re

from translate_c import fail

HIDDEN = '__attribute__((visibility("hidden"))) '


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
    shape = re.compile(r'^static const u8 (data_segment_data_\w+)\[\] = \{\n((?: (?: 0x[0-9a-f]{2},)+ ?\n)*)\};\n', re.M)
    sizes = {name: int(size) for name, size in re.findall(r'^  LOAD_DATA\(instance->w2c_memory, \d+u, (\w+), (\d+)\);\n', text, re.M)}
    assembly, names = ['  .section .rodata\n'], []

    def take(found):
        name = found[1]
        data = bytes.fromhex(found[2].replace('0x', '').replace(',', ''))
        if len(data) != sizes.get(name):
            fail(f'split: {name} has {len(data)} bytes, {sizes.get(name)} are loaded')
        (folder / f'data{len(names)}.bin').write_bytes(data)
        assembly.append(f'  .global {name}\n  .hidden {name}\n  .balign 16\n{name}:\n  .incbin "data{len(names)}.bin"\n')
        names.append(name)
        return f'{HIDDEN}extern const u8 {name}[];\n'

    text = shape.sub(take, text)
    if set(names) != set(sizes) or len(names) != text.count('extern const u8 data_segment_data_'):
        fail(f'split: {len(names)} data segments, {len(sizes)} are loaded')
    (folder / 'data.S').write_text(''.join(assembly) + '  .section .note.GNU-stack,"",@progbits\n')
    return text


def split(text, module, parts, folder):
    folder.mkdir(parents=True, exist_ok=True)
    text = data_segments(text, folder)
    types = once(text, r'^static bool s_module_initialized = false;\n\nstatic u32 func_types\[\d+\];\n.*?^\}\n', 'function types')
    first = once(text, rf'^static void init_globals\({module.instance}\* instance\) \{{\n', 'init_globals').start()
    table = once(text, r'^static const u8 w2c_table_kind\[\] = \{\n.*?^\};\n'
                       r'static const wasm_rt_function_ptr_t w2c_table_func\[\] = \{\n.*?^\};\n', 'constant table')
    setup = once(text, rf'^static void init_elem_instances\({module.instance} \*instance\) \{{\n\}}\n', 'init_elem_instances').end()
    exports = once(text, r"^/\* export: 'memory' \*/\n", 'export of the memory').start()
    end = once(text, rf'^static void init_instance_import\({module.instance}\* instance', 'end of the exports')

    head = text[:types.start()] + text[types.end():first]
    head = public(head) + (f'{HIDDEN}extern const u8 w2c_table_kind[];\n'
                           f'{HIDDEN}extern const wasm_rt_function_ptr_t w2c_table_func[];\n')
    (folder / 'module.h').write_text(head)
    include = '#include "module.h"\n'
    init = types[0] + text[first:table.start()] + text[table.end():setup] + text[end.start():]
    (folder / 'init.c').write_text(include + init)
    (folder / 'part0.c').write_text(include + table[0].replace('static const', 'const') + text[exports:end.start()])

    body = text[setup:exports]
    functions, at = [], 0
    for found in re.finditer(rf'^static \w+ w2c_\w+\({module.instance}\* instance[^)]*\) \{{\n.*?^\}}\n', body, re.M | re.S):
        functions.append(body[at:found.end()])
        at = found.end()
    declared = len(re.findall(rf'^{re.escape(HIDDEN)}\w+ w2c_\w+\({re.escape(module.instance)}\*', head, re.M))
    if body[at:].strip() or len(functions) != declared:
        fail(f'split: {declared} functions declared, {len(functions)} found')
    share, files = len(body) / parts, [[] for _ in range(parts)]
    done = 0
    for function in functions:
        files[min(parts - 1, int(done / share))].append(public(function))
        done += len(function)
    for number, file in enumerate(files):
        (folder / f'part{number + 1}.c').write_text(include + ''.join(file))
