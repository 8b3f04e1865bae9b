# status: error
# code: deadlock
# why: a lock taken twice
import asyncio
l = asyncio.Lock()
await l.acquire()
await l.acquire()
