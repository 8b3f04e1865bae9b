// status: ok
// timeout: 20s
// value: [{"a":2},{"b":1}]
// tools: echo
// why: a getter of the argument calls a tool
let inner;
const outer = await tools.echo({ get a() { inner = tools.echo({ b: 1 }); return 2; } });
[outer, await inner];
