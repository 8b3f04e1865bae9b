// expect: {"best": {"EUR": 1.0228, "USD": 1.0963, "GBP": 0.8578, "JPY": 164.96}, "edges": 12, "profitable": false}
// tools: rates
// Bellman-Ford over -log(rate): with one table there should be no cycle that earns more than rounding does.
const codes = ['EUR', 'USD', 'GBP', 'JPY'];
const tables = await Promise.all(codes.map((base) => tools.rates({ base })));

const edges = [];
tables.forEach(({ base, rates }) => {
  for (const to of codes) {
    if (to !== base && rates[to] > 0) edges.push({ from: base, to, cost: -Math.log(rates[to]) });
  }
});

const distance = Object.fromEntries(codes.map((c) => [c, c === 'EUR' ? 0 : Infinity]));
for (let round = 1; round < codes.length; round++) {
  for (const { from, to, cost } of edges) {
    if (distance[from] + cost < distance[to] - 1e-12) distance[to] = distance[from] + cost;
  }
}
const gain = Math.max(...edges.map(({ from, to, cost }) => distance[to] - (distance[from] + cost)));

const best = Object.fromEntries(codes.map((c) => [c, Number(Math.exp(-distance[c]).toPrecision(5))]));
({ best, edges: edges.length, profitable: gain > 0.01 });
