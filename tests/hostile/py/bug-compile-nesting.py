# status: ok
# value: "MemoryError,SyntaxError,ValueError,compiled"
# timeout: 20s
# why: python/cpython issues 90497, 95185 and 86882: sources nested so deep that the parser and the compiler leave the stack
import ast, sys
sys.setrecursionlimit(10 ** 6)
seen = set()
for text in ('{' * 50000, '(' * 50000 + ')' * 50000, '-' * 50000 + '1', '+0' * 60000, 'a' + '.a' * 50000, 'not ' * 50000 + '1', 'lambda:' * 5000 + '1', 'x if x else ' * 20000 + 'y', '[' * 190 + ']' * 190, "f'{" * 100, '**' * 9999):
    for use in (compile, lambda s, *_: ast.literal_eval(s)):
        try: use(text, 'x', 'eval'); seen.add('compiled')
        except BaseException as e: seen.add(type(e).__name__)
','.join(sorted(seen))
