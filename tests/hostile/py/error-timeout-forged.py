# status: error
# code: uncaught_error
# why: a KeyboardInterrupt of the guest's own is no time limit
raise KeyboardInterrupt()
