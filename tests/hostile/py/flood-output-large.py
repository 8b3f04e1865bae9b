# status: ok
# value: "done"
# timeout: 20s
# limits: console_bytes=67108864
# memory: 128MiB
# why: thirty mebibytes on both streams, with every character that a line may not hold
import sys
piece = 'ab\u20ac\0"\\\n\x1b' * (1 << 16)
for i in range(30):
    sys.stdout.write(piece); sys.stderr.write(piece)
'done'
