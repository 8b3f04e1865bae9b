// expect: [{"title": "Getting started", "score": 1, "words": 16, "links": 2}, {"title": "Authentication", "score": 1,
//   "words": 16, "links": 1}, {"title": "Pagination", "score": 1, "words": 18, "links": 1}]
// tools: search, document
type Hit = { id: string; title: string; score: number };
type Doc = { id: string; title: string; text: string; links: string[] };

const queries = ['token', 'query rows', 'page cursor'];
const responses: { query: string; hits: Hit[] }[] = await Promise.all(queries.map((query) => tools.search({ query, limit: 3 })));

const scores = new Map<string, number>();
for (const { hits } of responses) {
  hits.forEach((hit, rank) => scores.set(hit.id, (scores.get(hit.id) ?? 0) + 1 / (rank + 1)));
}

const top = [...scores.entries()].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 3);
const docs = await Promise.all(top.map(([id]) => tools.document({ id }) as Promise<Doc>));

docs.map((doc, i) => ({
  title: doc.title,
  score: +top[i][1].toFixed(2),
  words: doc.text.split(/\W+/).filter(Boolean).length,
  links: doc.links.length,
}));
