// status: ok
// value: [1000,200,5]
// timeout: 20s
// tools: echo
// why: after too many at once, calls work again when some have ended
let good = 0, bad = 0;
await Promise.all(Array.from({ length: 1200 }, (_, i) => tools.echo(i).then(() => good++, () => bad++)));
[good, bad, await tools.echo(5)];
