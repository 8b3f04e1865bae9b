# status: error|limit
# code: syntax_error|memory_limit|stack_limit|uncaught_error
# why: nested brackets
x = eval('(' * 5000 + ')' * 5000)
