# status: error
# code: uncaught_error
# why: input without a tool is a clear error and waits for nothing
input('name? ')
