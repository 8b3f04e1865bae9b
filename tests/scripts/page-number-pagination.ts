// expect: {"count": 8, "byLabel": {"bug": [11, 13, 17, 19, 21], "export": [11, 16], "auth": [13, 19], "feature": [14,
//   16, 20], "performance": [17, 21]}, "hottest": "Login loops on Safari"}
// tools: issues
type Issue = { number: number; title: string; state: 'open' | 'closed'; labels: string[]; comments: number };
type Page<T> = { page: number; pages: number; total: number; items: T[] };

async function fetchAll<T>(fetchPage: (page: number) => Promise<Page<T>>): Promise<T[]> {
  const first = await fetchPage(1);
  const rest = await Promise.all(
    Array.from({ length: first.pages - 1 }, (_, i) => fetchPage(i + 2)),
  );
  return [first, ...rest].flatMap((p) => p.items);
}

const issues = await fetchAll<Issue>((page) => tools.issues({ page, state: 'open', per_page: 3 }));

const byLabel = issues.reduce<Record<string, number[]>>((acc, issue) => {
  for (const label of issue.labels) (acc[label] ??= []).push(issue.number);
  return acc;
}, {});

const hottest = issues.reduce((a, b) => (b.comments > a.comments ? b : a));
({ count: issues.length, byLabel, hottest: hottest.title });
