# status: timeout
# code: wall_time_limit
# why: one long sleep of the loop
import asyncio
await asyncio.sleep(10**6)
