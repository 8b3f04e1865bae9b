# status: ok
# value: "MemoryError,OverflowError,UnpicklingError,ValueError"
# timeout: 20s
# why: CVE-2018-20406, python/cpython issues 78837 and 115952: indices of the memo near 2^31 and 2^32 in a guest of 32 bits
import pickle, struct
seen = set()
for index in (0x1fffffff, 0x20000000, 0x20000001, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xffffffff):
    for op in (b'r', b'j'):
        try: pickle.loads(b'\x80\x04]' + op + struct.pack('<I', index) + b'.'); seen.add('loaded')
        except Exception as e: seen.add(type(e).__name__)
for op in (b'B', b'X', b'T', b'\x8d', b'\x8e', b'\x96', b'\x8b', b'\x95'):
    for size in (0x7fffffff, 0x80000000, 0xffffffff, 2**40):
        raw = struct.pack('<Q', size) if op in b'\x8d\x8e\x96\x95' else struct.pack('<I', size & 0xffffffff)
        try: pickle.loads(b'\x80\x05' + op + raw + b'x.'); seen.add('loaded')
        except Exception as e: seen.add(type(e).__name__)
','.join(sorted(seen))
