// status: ok
// timeout: 20s
// value: [-1,0]
// why: the start index of a search detaches what is searched
const t = new Uint8Array(4096).fill(5);
const evil = { valueOf() { t.buffer.transfer(); return 10; } };
[t.indexOf(5, evil), t.length];
