// status: ok
// timeout: 20s
// value: {"n":1}
// tools: echo,never
// why: the loser of a race never answers, and the run must not wait for it
await Promise.race([tools.never({}), tools.echo({ n: 1 })]);
