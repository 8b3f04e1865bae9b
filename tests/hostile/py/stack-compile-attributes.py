# status: ok|limit|error
# code: stack_limit|uncaught_error|memory_limit|syntax_error
# timeout: 8s
# why: a long chain of attributes
compile('a' + '.a' * 50000, 'x', 'eval')
1
