// status: limit
// timeout: 20s
// code: argument_limit
// tools: echo
// why: an argument above the limit, not caught
await tools.echo('x'.repeat((1 << 20) + 1));
