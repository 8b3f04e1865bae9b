# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: all builtins gone
__builtins__.__dict__.clear()
1
