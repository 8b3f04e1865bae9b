// status: ok
// timeout: 20s
// value: [false,false,true]
// why: nests and cycles have no JSON: an error, not a crash
const attempt = (v) => { try { display(v); return true; } catch { return false; } };
const cycle = {};
cycle.cycle = cycle;
let nest = {};
for (let i = 0; i < 100000; i++) nest = { nest };
let flat = {};
for (let i = 0; i < 100; i++) flat = { flat };
[attempt(cycle), attempt(nest), attempt(flat)];
