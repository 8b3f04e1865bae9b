# status: error
# code: deadlock
# why: a future that nothing can settle
import asyncio
await asyncio.get_running_loop().create_future()
