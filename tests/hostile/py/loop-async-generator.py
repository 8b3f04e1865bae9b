# status: timeout
# code: wall_time_limit
# why: async for over an endless generator
async def g():
    while True: yield 1
async for _ in g(): pass
