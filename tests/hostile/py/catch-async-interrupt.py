# status: timeout
# code: wall_time_limit
# why: a task that swallows everything
import asyncio
async def f():
    while True:
        try:
            while True: await asyncio.sleep(0)
        except BaseException:
            pass
await f()
