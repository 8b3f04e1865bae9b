# status: timeout
# code: wall_time_limit
# why: awaits that are done at once, for ever
import asyncio
while True: await asyncio.sleep(0)
