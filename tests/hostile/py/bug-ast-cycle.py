# status: limit
# code: stack_limit
# why: RustPython issue 4862 and Lib/test/crashers/compiler_recursion.py: a syntax tree that contains itself is compiled
import ast, sys
sys.setrecursionlimit(10 ** 8)
tree = ast.UnaryOp(op=ast.Not(), lineno=0, col_offset=0, end_lineno=0, end_col_offset=0)
tree.operand = tree
try: compile(ast.Expression(tree), '<test>', 'eval'); seen = 'compiled'
except Exception as e: seen = type(e).__name__
seen
