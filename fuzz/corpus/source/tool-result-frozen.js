// status: ok
// timeout: 20s
// value: [true,true,1]
// tools: echo
// why: results arrive frozen, all the way down
const v = await tools.echo({ a: { b: 1 }, list: [{}] });
v.a.b = 2;
[Object.isFrozen(v), Object.isFrozen(v.list[0]), v.a.b];
