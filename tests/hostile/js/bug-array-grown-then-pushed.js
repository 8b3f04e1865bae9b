// status: ok
// value: 74400
// timeout: 20s
// why: quickjs-ng issue 1562: an array is grown by its length, then pushed to; the collector counted slots that were never written
const keep = [];
for (let i = 0; i < 300; i++) { const a = [0]; a.length = 245; a.push(2); keep.push(a); }
for (let i = 0; i < 20000; i++) { const c = {}; c.c = c; }
keep.map(a => a.length).reduce((a, b) => a + b) + keep.flat().length;
