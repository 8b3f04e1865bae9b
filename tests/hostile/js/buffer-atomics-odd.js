// status: ok
// timeout: 20s
// value: "survived"
// why: Atomics, where there are any, on indices, types and buffers they do not take
const t = new Int32Array(4);
const evil = { valueOf() { t.buffer.transfer(); return 1; } };
for (const call of ['add', 'store', 'exchange', 'compareExchange', 'load', 'notify', 'wait'])
  for (const args of [[t, 2 ** 32], [t, -1], [new Float64Array(1), 0], [{}, 0], [t, 0, evil, evil]])
    try { Atomics[call](...args); } catch {}
'survived';
