# status: error|limit
# code: syntax_error|memory_limit|stack_limit|uncaught_error
# timeout: 5s
# why: many unary operators
eval('-' * 100000 + '1')
