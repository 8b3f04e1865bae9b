# status: timeout
# code: wall_time_limit
# tools: never
# why: a blocking call that nobody answers
def f(): return tools.never()
f()
