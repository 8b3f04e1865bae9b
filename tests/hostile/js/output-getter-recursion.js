// status: ok
// timeout: 20s
// value: "after"
// why: a getter that prints its own object
let depth = 0;
const o = { get self() { if (depth++ < 100) console.log(this); return this; } };
console.log(o, o.self === o);
'after';
