// status: ok
// timeout: 20s
// value: [0,true]
// why: the callback of map detaches the source in the middle
const t = new Uint16Array(500).fill(3);
const seen = [];
const m = t.map((x, i) => { if (i === 100) t.buffer.transfer(); seen.push(x); return x ?? 0; });
[t.length, m.length === 500 && seen.length === 500];
