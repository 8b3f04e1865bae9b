// status: ok
// timeout: 20s
// context: {"a": 1}
// value: ["undefined",1,2]
// why: the name context is the guest's to take away and to give again
const first = context.a;
delete globalThis.context;
const gone = typeof context;
globalThis.context = { a: 2 };
[gone, first, context.a];
