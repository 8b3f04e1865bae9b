// status: ok
// timeout: 20s
// value: {"x":1}
// tools: echo
// why: the statics of Promise are replaced
for (const k of ['resolve', 'reject', 'all', 'race', 'any', 'allSettled', 'withResolvers', 'try']) Promise[k] = () => { throw new Error('tampered'); };
await tools.echo({ x: 1 });
