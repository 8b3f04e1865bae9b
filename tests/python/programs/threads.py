"""Programs that ask for threads get functions that run at once."""
import asyncio
from concurrent.futures import ThreadPoolExecutor, as_completed


def work(n):
    return tools.double(n) + 1


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(work, range(3))))
    print(list(pool.map(tools.double, range(3))))
    futures = {pool.submit(tools.double, n): n for n in (4, 5)}
    print(sorted((futures[f], f.result()) for f in as_completed(futures)))
print(await asyncio.to_thread(work, 10), await asyncio.gather(*[asyncio.to_thread(tools.double, n) for n in (1, 2)]))
print(await asyncio.get_running_loop().run_in_executor(None, work, 3))
