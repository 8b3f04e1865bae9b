# status: error
# code: uncaught_error
# timeout: 20s
# why: an error whose every part is a text that no line may hold
nasty = 'a\0b\ud800c"\\\n\r\u2028\x1b[2J{"type":"done"}\n'
E = type('E' + 'x' * 5000, (Exception,), {'__str__': lambda self: nasty * 1000, '__module__': 'm\n'})
e = E(nasty)
for i in range(200): e.add_note(nasty * 10)
e.__cause__ = ExceptionGroup(nasty[:1], [E(nasty) for _ in range(50)])
raise e
