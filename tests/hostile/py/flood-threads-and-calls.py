# status: ok
# value: true
# tools: echo
# timeout: 30s
# why: calls from threads and tasks that all wait at once, and a run that ends with them open
import asyncio, threading
got = []
async def one(i): got.append(await tools.echo(i))
tasks = [asyncio.ensure_future(one(i)) for i in range(300)]
threads = [threading.Thread(target=lambda i=i: got.append(i)) for i in range(100)]
try:
    for t in threads: t.start()
except RuntimeError: threads = []
await asyncio.gather(*tasks[:150])
for t in threads: t.join()
len(got) >= 150
