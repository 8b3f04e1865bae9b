# status: ok
# value: "done"
# timeout: 20s
# why: bytes that are no UTF-8 on both streams, one at a time and in pieces that end within a character
import os, sys
for i in range(2000):
    sys.stdout.buffer.write(bytes([i % 256])); sys.stdout.buffer.flush()
    os.write(2, b'\xe2\x82'); os.write(2, b'\xac\xf0\x9f')
    os.write(1, b'\xed\xa0\x80\xff\xfe\xc0\x80')
'done'
