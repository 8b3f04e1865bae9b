// status: ok
// timeout: 20s
// value: "after"
// why: printing a proxy whose every trap throws
const traps = new Proxy({}, { get: () => () => { throw new Error('trap'); } });
try { console.log(new Proxy({}, traps), new Proxy([], traps), new Proxy(() => 1, traps)); } catch {}
'after';
