// map: Map, Set and WeakMap. Grouping, an LRU cache, set algebra, breadth
// first search, Dijkstra over a grid and an inverted index.

let seed = 1234;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 5) % n;
}

class Lru {
  constructor(capacity) {
    this.capacity = capacity;
    this.items = new Map();
    this.hits = 0;
  }
  get(key) {
    if (!this.items.has(key)) return undefined;
    const value = this.items.get(key);
    this.items.delete(key);
    this.items.set(key, value);
    this.hits++;
    return value;
  }
  set(key, value) {
    this.items.delete(key);
    this.items.set(key, value);
    if (this.items.size > this.capacity) this.items.delete(this.items.keys().next().value);
  }
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function bfs(graph, start) {
  const distance = new Map([[start, 0]]);
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) || []) {
      if (distance.has(next)) continue;
      distance.set(next, distance.get(node) + 1);
      queue.push(next);
    }
  }
  return distance;
}

function main() {
  const orders = Array.from({ length: 6000 }, (_, i) => ({ id: i, user: random(300), sku: "sku" + random(80), cents: random(5000) }));
  const byUser = groupBy(orders, (o) => o.user);
  const totals = new Map();
  for (const [user, list] of byUser) {
    totals.set(user, list.reduce((sum, o) => sum + o.cents, 0));
  }
  const best = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];

  const cache = new Lru(64);
  for (let i = 0; i < 12000; i++) {
    const key = "k" + Math.min(random(100), random(100));
    if (cache.get(key) === undefined) cache.set(key, i);
  }

  const graph = new Map();
  for (let i = 0; i < 2200; i++) {
    graph.set(i, new Set([random(2200), random(2200), (i + 1) % 2200]));
  }
  const distances = bfs(graph, 0);
  const deepest = Math.max(...distances.values());

  const index = new Map();
  for (const order of orders) {
    if (!index.has(order.sku)) index.set(order.sku, new Set());
    index.get(order.sku).add(order.user);
  }
  const names = [...index.keys()].sort();
  let shared = 0;
  for (let i = 1; i < names.length; i++) {
    const a = index.get(names[i - 1]);
    const b = index.get(names[i]);
    shared += [...a].filter((user) => b.has(user)).length;
    shared += new Set([...a, ...b]).size;
  }

  const meta = new WeakMap();
  for (const order of orders) meta.set(order, { seen: order.id % 2 });
  let seen = 0;
  orders.forEach((order) => { seen += meta.get(order).seen; });

  let words = 0;
  const visited = new Set();
  for (let x = 0; x < 120; x++) {
    for (let y = 0; y < 60; y++) {
      const cell = `${(x * y) % 97},${(x + y) % 53}`;
      if (!visited.has(cell)) { visited.add(cell); words++; }
    }
  }
  return [best.join("/"), cache.hits, deepest, distances.size, shared, seen, words].join(":");
}

main();
