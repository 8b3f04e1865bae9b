// expect: {"funnel": {"view": 13, "cart": 6, "buy": 4}, "buyers": ["u1", "u2", "u5", "u6"], "conversion": 0.308}
// tools: events
interface Event { seq: number; user: string; kind: 'view' | 'cart' | 'buy'; at: string }
interface Page { items: Event[]; next: string | null }

async function* allEvents(size: number): AsyncGenerator<Event, void, undefined> {
  let cursor: string | null = null;
  do {
    const page: Page = await tools.events({ size, cursor });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== null);
}

const funnel = { view: 0, cart: 0, buy: 0 } satisfies Record<Event['kind'], number>;
const buyers = new Set<string>();
for await (const event of allEvents(8)) {
  funnel[event.kind]++;
  if (event.kind === 'buy') buyers.add(event.user);
}

return { funnel, buyers: Array.from(buyers), conversion: +(funnel.buy / funnel.view).toFixed(3) };
