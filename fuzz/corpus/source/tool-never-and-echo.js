// status: timeout
// code: wall_time_limit
// tools: echo,never
// why: one of several tools never answers
await Promise.all([tools.echo({}), tools.never({}), tools.echo({})]);
