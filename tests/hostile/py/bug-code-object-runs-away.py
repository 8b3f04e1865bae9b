# status: error
# code: trap
# why: python/cpython issue 140497 and Lib/test/crashers/bogus_code_obj.py: bytecode that pops from an empty stack and takes constants that are not there
def f(): pass
seen = 0
for raw in (b'\x97\x00\x64\xff\x53\x00', b'\x97\x00' + b'\x01\x00' * 50 + b'\x53\x00', b'\x97\x00\x7c\xc8\x53\x00', b'\x97\x00' + b'\x74\xff' * 9):
    f.__code__ = f.__code__.replace(co_code=raw)
    try: f(); seen += 1
    except Exception: seen += 1
seen
