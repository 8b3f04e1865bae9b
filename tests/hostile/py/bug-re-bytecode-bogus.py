# status: ok
# value: "RuntimeError"
# why: Lib/test/crashers/bogus_sre_bytecode.py: patterns made of code of the attacker's own for the engine of regular expressions
import _sre
seen = []
for code in ([99, 99, 99, 99, 99], [], [0], [2 ** 32 - 1] * 9, [16, 99999], [13, 4, 0, 2 ** 31, 1], [24, 9, 0, 4294967295, 2]):
    for groups in (0, 1, 2 ** 20):
        try: seen.append(_sre.compile('x', 0, code, groups, {}, (None,) * (groups + 1)).search('xyz' * 100) is None)
        except Exception as e: seen.append(type(e).__name__)
','.join(map(str, sorted(set(map(str, seen)))))
