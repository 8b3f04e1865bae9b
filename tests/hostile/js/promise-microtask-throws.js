// status: ok
// timeout: 20s
// value: "end"
// why: an error thrown by a microtask must not stop the others
let r = 'lost';
Promise.resolve().then(() => { throw new Error('x'); }).catch(() => {});
queueMicrotask(() => { r = 'end'; });
await new Promise((s) => setTimeout(s, 1));
r;
