# status: ok|error
# code: uncaught_error
# why: all globals gone
globals().clear()
1
