# status: ok
# value: [true,true,true,true,"TypeError",true,true,"ValueError",true,"ValueError"]
# why: python/cpython issues 140497 and 143430: code objects without code, with one that jumps away, and with tables that end too early
def f(a=1, *b): return a
seen = []
for change in ({'co_code': b''}, {'co_code': b'\x6e\xff' * 4}, {'co_code': b'\x97\x00\x64\xff\x53\x00'}, {'co_linetable': b'\x00\x00'}, {'co_stacksize': 0}, {'co_exceptiontable': b'\xff' * 9}, {'co_nlocals': 0}, {'co_consts': ()}, {'co_argcount': 200}):
    try:
        code = f.__code__.replace(**change)
        seen.append(len(list(code.co_positions())) >= 0)
        if 'co_linetable' in change or 'co_argcount' in change: g = type(f)(code, {}); g(); seen.append('ran')
    except Exception as e: seen.append(type(e).__name__)
seen
