# status: limit|error
# code: stack_limit|uncaught_error
# why: plain recursion
def f(): f()
f()
