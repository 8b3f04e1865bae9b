// status: ok
// value: 20
// timeout: 20s
// why: a buffer given away by transfer must give its memory back
let n = 0;
const keep = [];
for (let i = 0; i < 20; i++) { const b = new ArrayBuffer(24 << 20); keep.push(b, b.transfer(0)); n++; }
n;
