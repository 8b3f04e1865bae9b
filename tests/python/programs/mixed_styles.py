"""Plain, awaited, stored and gathered calls in one script."""
import asyncio
from functools import reduce

first = tools.double(1)
second = await tools.double(first)
print(first, second)
calls = [tools.double(i) for i in range(4)]
print(await asyncio.gather(*calls))
print([tools.double(n) for n in (1, 2)], {n: tools.double(n) for n in (3,)})


def total(ns):
    return sum(tools.double(n) for n in ns)


print(total(range(4)), list(map(tools.double, [5, 6])))
print(reduce(lambda a, b: a + tools.double(b), [1, 2, 3]))


class Account:
    def __init__(self, balance):
        self.balance = balance

    @property
    def doubled(self):
        return tools.double(n=self.balance)

    async def later(self):
        return await tools.double(self.balance) + 1


account = Account(21)
print(account.doubled, await account.later())
async with asyncio.TaskGroup() as group:
    tasks = [group.create_task(tools.echo({"n": i})) for i in range(3)]
print([t.result()["n"] for t in tasks])
for done in asyncio.as_completed([tools.echo("only")]):
    print(await done)
