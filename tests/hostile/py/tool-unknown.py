# status: error
# code: uncaught_error
# tools: echo
# why: a tool that is not there
tools.rm_rf('/')
