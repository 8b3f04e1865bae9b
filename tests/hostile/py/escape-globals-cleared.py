# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: all globals gone
globals().clear()
1
