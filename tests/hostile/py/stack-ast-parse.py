# status: limit|error
# code: stack_limit|uncaught_error|syntax_error|memory_limit
# timeout: 8s
# why: a tree that is deep
import ast
ast.parse('+'.join(['a'] * 100000))
