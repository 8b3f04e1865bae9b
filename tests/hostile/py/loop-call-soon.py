# status: timeout
# code: wall_time_limit
# why: a callback that queues itself
import asyncio
loop = asyncio.get_running_loop()
def again(): loop.call_soon(again)
again()
await asyncio.sleep(100)
