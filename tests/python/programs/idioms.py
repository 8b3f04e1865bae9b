"""The ways in which programs start an event loop, all of them while one runs."""
import asyncio


async def main(n):
    await asyncio.sleep(0)
    return await tools.double(n)


def plain():
    return asyncio.run(main(1)), asyncio.get_event_loop().run_until_complete(main(2))


print(plain())
print(asyncio.run(main(3)))
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(asyncio.gather(main(4), main(5))))
loop.close()
with asyncio.Runner() as runner:
    print(runner.run(main(6)), runner.run(main(7)))
try:
    running = asyncio.get_running_loop()
except RuntimeError:
    running = None
if running and running.is_running():
    task = running.create_task(main(8))
    print(await task)
else:
    print(asyncio.run(main(8)))
print(await asyncio.wait_for(asyncio.shield(main(9)), 5))
future = asyncio.get_running_loop().create_future()
asyncio.get_running_loop().call_soon(future.set_result, "set")
print(await future, future.done(), asyncio.current_task() is not None, asyncio.iscoroutinefunction(main))
done, pending = await asyncio.wait({asyncio.create_task(main(n)) for n in (10, 11)})
print(sorted(t.result() for t in done), pending)
