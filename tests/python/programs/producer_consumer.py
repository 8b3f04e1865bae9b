"""A queue between two kinds of tasks, and an event that ends them."""
import asyncio


async def produce(queue, n):
    for i in range(n):
        await asyncio.sleep(0.001)
        await queue.put(i)
    await queue.put(None)


async def consume(queue, out):
    while (item := await queue.get()) is not None:
        out.append(await tools.double(item))


async def main():
    queue, out = asyncio.Queue(maxsize=2), []
    await asyncio.gather(produce(queue, 5), consume(queue, out))
    return out


print(await main())
try:
    async with asyncio.timeout(0.01):
        await asyncio.sleep(10)
except TimeoutError:
    print("too late")
event = asyncio.Event()
asyncio.get_running_loop().call_later(0.001, event.set)
print(await asyncio.wait_for(event.wait(), 1))
