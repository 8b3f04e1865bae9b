# status: ok|error
# code: trap
# why: python/cpython issue 142829: a context is changed while it is compared with another
import contextvars
names = [contextvars.ContextVar('v%d' % i) for i in range(40)]
one, two = contextvars.Context(), contextvars.Context()
class Boom:
    def __eq__(self, other):
        for v in names: one.run(v.set, object()); two.run(v.set, object())
        return True
for v in names:
    one.run(v.set, Boom()); two.run(v.set, object())
try: answer = (one == two, two == one, one != two)
except Exception as e: answer = type(e).__name__
answer
