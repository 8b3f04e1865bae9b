# status: timeout
# code: wall_time_limit
# memory: 48MiB
# timeout: 1s
# why: catching MemoryError for ever
while True:
    try:
        x = []
        while True: x.append(bytes(1 << 20))
    except MemoryError:
        pass
