// expect: {"ranking": [["d1", 0.2629], ["d5", 0.1914], ["d3", 0.166], ["d2", 0.1638], ["d4", 0.1638], ["d6", 0.0521]],
//   "components": [["d5"], ["d2"], ["d1", "d3", "d4"], ["d6"]]}
// tools: document
const ids = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'];
const docs = await Promise.all(ids.map((id) => tools.document({ id })));
const graph = new Map(docs.map((d) => [d.id, d.links]));

// PageRank, twenty rounds
let rank = new Map(ids.map((id) => [id, 1 / ids.length]));
for (let i = 0; i < 20; i++) {
  const next = new Map(ids.map((id) => [id, 0.15 / ids.length]));
  for (const [id, links] of graph) {
    const targets = links.length ? links : ids;
    for (const t of targets) next.set(t, next.get(t) + (0.85 * rank.get(id)) / targets.length);
  }
  rank = next;
}

// strongly connected components, by Tarjan
const index = new Map();
const low = new Map();
const stack = [];
const components = [];
function connect(v) {
  index.set(v, index.size);
  low.set(v, index.get(v));
  stack.push(v);
  for (const w of graph.get(v)) {
    if (!index.has(w)) {
      connect(w);
      low.set(v, Math.min(low.get(v), low.get(w)));
    } else if (stack.includes(w)) {
      low.set(v, Math.min(low.get(v), index.get(w)));
    }
  }
  if (low.get(v) === index.get(v)) components.push(stack.splice(stack.indexOf(v)).sort());
}
ids.forEach((id) => index.has(id) || connect(id));

const ranking = [...rank].sort((a, b) => b[1] - a[1]).map(([id, r]) => [id, Number(r.toFixed(4))]);
return { ranking, components };
