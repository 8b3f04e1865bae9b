# status: ok
# value: ["RuntimeError","SystemError","SystemError"]
# why: python/cpython issue 146065: the iterator of a future is sent to after it was thrown into or closed
import asyncio
loop = asyncio.get_event_loop()
seen = []
for end in (lambda it: it.throw(RuntimeError), lambda it: it.close()):
    future = loop.create_future()
    it = future.__await__()
    next(it)
    try: end(it)
    except BaseException as e: seen.append(type(e).__name__)
    try: seen.append(it.send(None) is not None)
    except BaseException as e: seen.append(type(e).__name__)
seen
