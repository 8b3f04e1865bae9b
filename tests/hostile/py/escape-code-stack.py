# status: error|limit|ok|timeout
# code: uncaught_error|trap|stack_limit|memory_limit|wall_time_limit
# why: a code object that pops more than there is
def f(): pass
g = f.__code__.replace(co_code=bytes([1, 0]) * 100000 + bytes([83, 0]), co_stacksize=0)
exec(g)
