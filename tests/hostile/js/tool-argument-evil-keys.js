// status: ok
// timeout: 20s
// value: [true,"undefined",1]
// tools: echo
// why: a key named __proto__ must cross as a key, and pollute nothing
const v = await tools.echo({ ['__proto__']: { evil: 1 }, a: 1 });
[Object.getPrototypeOf(v) === Object.prototype, typeof ({}).evil, v.a];
