"""Pages in parallel, as a model writes it: a semaphore, results in order, a failure that is kept apart."""
import asyncio
import json

PAGES = {f"/p{i}": {"id": i, "tags": ["even" if i % 2 == 0 else "odd"]} for i in range(6)}
gate = asyncio.Semaphore(3)


async def fetch(path):
    async with gate:
        page = await tools.echo(PAGES.get(path))
        if page is None:
            raise LookupError(path)
        return page


async def main():
    results = await asyncio.gather(*(fetch(p) for p in [*PAGES, "/missing"]), return_exceptions=True)
    for r in results:
        print(f"failed: {r!r}" if isinstance(r, Exception) else json.dumps(r, sort_keys=True))
    by_tag = {}
    for r in results:
        if not isinstance(r, Exception):
            for tag in r["tags"]:
                by_tag.setdefault(tag, []).append(r["id"])
    return by_tag


if __name__ == "__main__":
    print(asyncio.run(main()))
