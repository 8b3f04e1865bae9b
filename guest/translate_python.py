"""The step of translate.py that knows CPython: the dispatch of its interpreter; see there."""
import re

from translate_c import fail, function_span, replace_once

# The head of the loop over opcodes: plain assignments, then a switch over the low byte of one of them minus 1.
DISPATCH = re.compile(
    r'^ *w2c_(?P<label>L\d+): \n'
    r'(?P<head>(?: *w2c_\w+ = \w+;\n)+'
    r' *(?P<op>w2c_i\d+) = w2c_l\d+;\n *(?P<tmp>w2c_i\d+) = 255u;\n *(?P=op) &= (?P=tmp);\n)'
    r' *(?P=tmp) = 4294967295u;\n *(?P=op) \+= (?P=tmp);\n'
    r' *switch \((?P=op)\) \{\n(?P<cases>(?: *case \d+: goto w2c_\w+;\n){200,255})'
    r' *default: goto (?P<default>w2c_\w+);\n *\}\n', re.M)


def dispatch(text):
    start, end = function_span(text, 'w2c__PyEval_EvalFrameDefault')
    body = text[start:end]
    found = list(DISPATCH.finditer(body))
    if len(found) != 1:
        fail(f'dispatch: expected one opcode dispatch, found {len(found)}')
    found = found[0]
    cases = {int(number) + 1: label for number, label in re.findall(r'case (\d+): goto (w2c_\w+);', found['cases'])}
    loop = f'goto w2c_{found["label"]};'
    again = body.count(loop)
    if again < 100:
        fail(f'dispatch: only {again} jumps back to the dispatch')
    table = ('  static const void* const w2c_opcode[256] = {\n'
             + ''.join(f'    &&{cases.get(byte, found["default"])},\n' for byte in range(256)) + '  };\n')
    head = ' '.join(line.strip() for line in found['head'].splitlines())
    macro = f'#define NEXT_OPCODE do {{ {head} goto *w2c_opcode[{found["op"]}]; }} while (0)\n'
    body = f'{body[:found.start()]}  w2c_{found["label"]}:\n  NEXT_OPCODE;\n{body[found.end():]}'
    body = body.replace(loop, 'NEXT_OPCODE;')
    body = replace_once(body, '  FUNC_PROLOGUE;\n', table + '  FUNC_PROLOGUE;\n', 'dispatch')
    return text[:start] + macro + body + '#undef NEXT_OPCODE\n' + text[end:]
