// expect: {"pages": 3, "found": {"seq": 15, "user": "u5", "kind": "buy", "at": "2025-03-04T18:58:00Z"}}
// tools: events
// Stops as soon as the event is found instead of reading every page.
let cursor = null;
let pages = 0;
let found = null;

while (!found) {
  const { items, next } = await tools.events({ cursor, size: 6 });
  pages++;
  found = items.find((event) => event.kind === 'buy' && event.user === 'u5') ?? null;
  if (next === null) break;
  cursor = next;
}

return { pages, found };
