async def leaf(i):
    return i * 3


async def node(i):
    return await leaf(i) + await leaf(i + 1)


def drive(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def bench():
    return sum(drive(node(i)) for i in range(40_000))
