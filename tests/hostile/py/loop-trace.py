# status: timeout
# code: wall_time_limit
# why: a trace function that never returns
import sys
def t(*a):
    while True: pass
sys.settrace(t)
def f(): pass
f()
