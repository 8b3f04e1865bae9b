# status: ok
# value: "fine,fine,fine,fine,fine,ToolError,AttributeError,EOFError,ValueError"
# tools: echo, fail
# timeout: 20s
# why: NUL, lone surrogates, quotes, line ends and escapes in each text that leaves the cell
nasty = 'a\0b\ud800c\udfff"\\\n\r\t\u2028\x1b[2J\x7f</script>\ufeff{"type":"done"}\n'
import sys
seen = []
for use in (lambda: print(nasty), lambda: sys.stderr.write(nasty), lambda: display(nasty), lambda: display({nasty: nasty}), lambda: tools.echo({nasty: nasty}), lambda: tools.fail(nasty), lambda: getattr(tools, 'x\0')(1), lambda: input(nasty), lambda: exec(compile('1/0', nasty, 'exec'))):
    try: use(); seen.append('fine')
    except BaseException as e: seen.append(type(e).__name__)
','.join(seen)
