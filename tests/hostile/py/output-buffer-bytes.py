# status: ok
# value: 1
# timeout: 3s
# why: bytes that are no UTF-8
import sys
sys.stdout.buffer.write(bytes(range(256)))
1
