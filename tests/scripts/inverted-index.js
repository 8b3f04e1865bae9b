// expect: {"terms": 46, "tokens": [["d2", 2.749], ["d1", 0.916]], "rows": [["d4", 5.498], ["d1", 2.749]],
//   "page": {"$type": "map", "entries": [["d3", [4, 6, 13]]]}, "none": []}
// tools: document
const STOP = new Set(['a', 'and', 'the', 'to', 'is', 'in', 'as', 'at', 'it', 'are', 'before', 'your']);
const tokenize = (text) => text.toLowerCase().match(/\w+/g).filter((t) => !STOP.has(t));
const stem = (word) => word.replace(/(ies|s)$/, (suffix) => (suffix === 'ies' ? 'y' : ''));

const docs = await Promise.all(['d1', 'd2', 'd3', 'd4', 'd5'].map((id) => tools.document({ id })));
const index = new Map();
for (const { id, title, text } of docs) {
  tokenize(`${title} ${text}`).map(stem).forEach((term, position) => {
    if (!index.has(term)) index.set(term, new Map());
    const postings = index.get(term);
    postings.set(id, [...(postings.get(id) ?? []), position]);
  });
}

function search(query) {
  const terms = tokenize(query).map(stem);
  const lists = terms.map((t) => new Set(index.get(t)?.keys() ?? []));
  const common = [...(lists[0] ?? [])].filter((id) => lists.every((l) => l.has(id)));
  const weight = (id) => terms.reduce((sum, t) => sum + index.get(t).get(id).length * Math.log(docs.length / index.get(t).size), 0);
  return common.map((id) => [id, Number(weight(id).toFixed(3))]).sort((a, b) => b[1] - a[1]);
}

({ terms: index.size, tokens: search('tokens'), rows: search('query rows'), page: index.get('page'), none: search('zebra') });
