// status: ok
// timeout: 20s
// value: 0
// why: printing an object must not call its getters
let calls = 0;
console.log({ get a() { calls++; throw new Error('x'); }, get b() { calls++; for (;;); }, list: [{ get c() { calls++; } }] });
calls;
