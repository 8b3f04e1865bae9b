// expect: {"count": 11, "busiest": [13, 18], "replaced": [99, 13, 0], "last": 21}
// node: 22
// tools: issues
type Page = { pages: number; items: { number: number; comments: number }[] };

async function* pages(): AsyncGenerator<Page> {
  for (let page = 1, last = 1; page <= last; page++) {
    const result: Page = await tools.issues({ page, per_page: 5 });
    last = result.pages;
    yield result;
  }
}

const all = (await Array.fromAsync(pages(), ({ items }) => items)).flat();
const busiest = all.toSorted((a, b) => b.comments - a.comments).slice(0, 2).map((issue) => issue.number);
const replaced = busiest.with(-1, 0).toSpliced(0, 0, 99);
return { count: all.length, busiest, replaced, last: all.findLast((issue) => issue.comments === 0)?.number };
