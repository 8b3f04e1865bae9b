// expect: [{"km": 1580, "path": ["Oslo", "Copenhagen", "Hamburg", "Berlin", "Prague"]}, {"km": 1890,
//   "path": ["Stockholm", "Copenhagen", "Hamburg", "Paris"]}, null]
class MinHeap<T> {
  private items: { key: number; value: T }[] = [];

  push(key: number, value: T): void {
    const { items } = this;
    items.push({ key, value });
    let i = items.length - 1;
    while (i > 0) {
      const parent = (i - 1) >>> 1;
      if (items[parent].key <= items[i].key) break;
      [items[parent], items[i]] = [items[i], items[parent]];
      i = parent;
    }
  }

  pop(): T | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length && last) {
      items[0] = last;
      let i = 0;
      for (;;) {
        let small = i;
        for (const child of [2 * i + 1, 2 * i + 2]) {
          if (child < items.length && items[child].key < items[small].key) small = child;
        }
        if (small === i) break;
        [items[small], items[i]] = [items[i], items[small]];
        i = small;
      }
    }
    return top?.value;
  }
}

type Graph = Record<string, Record<string, number>>;
const roads = {
  Oslo: { Stockholm: 520, Copenhagen: 600 },
  Stockholm: { Oslo: 520, Copenhagen: 660 },
  Copenhagen: { Oslo: 600, Stockholm: 660, Hamburg: 340 },
  Hamburg: { Copenhagen: 340, Berlin: 290, Paris: 890 },
  Berlin: { Hamburg: 290, Prague: 350 },
  Prague: { Berlin: 350, Paris: 1030 },
  Paris: { Hamburg: 890, Prague: 1030 },
  Reykjavik: {},
} as const satisfies Graph;
type City = keyof typeof roads;

function shortest(from: City, to: City): { km: number; path: City[] } | null {
  const best = new Map<City, number>([[from, 0]]);
  const before = new Map<City, City>();
  const heap = new MinHeap<City>();
  heap.push(0, from);
  for (let city = heap.pop(); city !== undefined; city = heap.pop()) {
    if (city === to) break;
    for (const [next, km] of Object.entries(roads[city]) as [City, number][]) {
      const total = best.get(city)! + km;
      if (total < (best.get(next) ?? Infinity)) {
        best.set(next, total);
        before.set(next, city);
        heap.push(total, next);
      }
    }
  }
  if (!best.has(to)) return null;
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0])!);
  return { km: best.get(to)!, path };
}

return [shortest('Oslo', 'Prague'), shortest('Stockholm', 'Paris'), shortest('Oslo', 'Reykjavik')];
