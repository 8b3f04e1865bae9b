# status: ok
# value: 1
# timeout: 3s
# why: tracing every opcode
import sys
def t(f, e, a):
    f.f_trace_opcodes = True
    return t
sys.settrace(t)
def f(): return sum(i for i in range(100))
f()
sys.settrace(None)
1
