// status: ok
// timeout: 20s
// value: [0,"string"]
// why: join with a separator that detaches what is joined
const t = new Uint8Array(1000).fill(7);
const s = t.join({ toString() { t.buffer.transfer(); return ','; } });
[t.length, typeof s];
