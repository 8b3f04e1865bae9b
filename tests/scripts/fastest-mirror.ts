// expect: {"winner": {"host": "c", "body": "from c"}, "allDead": ["dead is unavailable (attempt 1)",
//   "dead is unavailable (attempt 2)"]}
// tools: slow, flaky
type Mirror = { host: string; fetch: () => Promise<string> };

const mirrors: Mirror[] = [
  { host: 'a', fetch: () => tools.flaky({ key: 'dead', attempt: 1 }) },
  { host: 'b', fetch: async () => (await tools.slow({ ms: 4500, value: 'from b' })) as string },
  { host: 'c', fetch: async () => String(await tools.slow({ ms: 10, value: 'from c' })) },
];

const winner = await Promise.any(mirrors.map(async ({ host, fetch }) => ({ host, body: await fetch() })));

const allDead = await Promise.any([1, 2].map((attempt) => tools.flaky({ key: 'dead', attempt }))).catch(
  (e: AggregateError) => e.errors.map((inner: Error) => inner.message),
);

({ winner, allDead })
