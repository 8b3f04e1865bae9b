// status: ok
// timeout: 20s
// value: "argument_limit"
// tools: echo
// why: an argument above the limit
await tools.echo({ s: 'x'.repeat(2 << 20) }).catch((e) => e.code);
