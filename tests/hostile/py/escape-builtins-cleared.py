# status: ok|error
# code: uncaught_error
# why: all builtins gone
__builtins__.__dict__.clear()
1
