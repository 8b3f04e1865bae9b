# status: error|limit|ok|timeout
# code: uncaught_error|trap|stack_limit|memory_limit|wall_time_limit
# why: a code object that stores beyond its frame
def f(): pass
g = f.__code__.replace(co_code=bytes([100, 0, 125, 250]) * 1000 + bytes([83, 0]), co_stacksize=1)
exec(g)
