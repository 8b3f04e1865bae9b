# status: ok|error|timeout|limit
# code: uncaught_error|wall_time_limit|stack_limit|memory_limit|trap
# copies: 24
# memory: 64MiB
# tools: echo, never
# timeout: 3s
# why: runs side by side of which some end, some throw, some are killed, some hit a trap of the engine
import os, sys
kind = os.urandom(1)[0] % 6
if kind == 0:
    while True: pass
if kind == 1: raise ValueError('kind 1')
if kind == 2: await tools.never()
if kind == 3: x = [bytearray(1 << 20) for _ in range(1000)]
if kind == 4:
    def f(): pass
    f.__code__ = f.__code__.replace(co_code=b'\x97\x00' + b'\x01\x00' * 50 + b'\x53\x00')
    f()
await tools.echo(kind)
