# status: timeout
# code: wall_time_limit
# why: short sleeps for ever
import asyncio
while True: await asyncio.sleep(0.005)
