// expect: {"best": "Limits", "others": ["d2"], "share": 0.8}
// tools: search
interface Hit { id: string; title: string; score: number }
const { hits, total }: { hits: Hit[]; total: number } = await tools.search({ query: 'request limits' });
if (!total) return { empty: true as const };

const [best, ...others] = hits;
(
  { best: best.title, others: others.map(({ id }) => id), share: best.score / hits.reduce((n, h) => n + h.score, 0) }
)
