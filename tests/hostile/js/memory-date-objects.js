// status: limit
// code: memory_limit
// timeout: 20s
// why: boxed primitives and dates, all kept
const a = [];
for (let i = 0; ; i++) a.push(new Date(i), new Number(i), new String(i), Object(Symbol()), Object(1n));
