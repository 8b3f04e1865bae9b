# status: limit
# code: memory_limit
# memory: 48MiB
# timeout: 8s
# why: tasks without end
import asyncio
async def f(): await asyncio.sleep(100)
x = []
while True: x.append(asyncio.ensure_future(f()))
