// status: ok
// value: "argument_limit"
// timeout: 20s
// tools: echo
// why: the longest sparse array as an argument
await tools.echo(new Array(2 ** 32 - 1)).catch((e) => e.code);
