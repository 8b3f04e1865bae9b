// status: ok
// timeout: 20s
// value: ["TypeError","TypeError",1]
// why: the executor is no function, or calls back after it threw
let later;
const p = new Promise((r) => { later = r; r(1); throw new Error('ignored'); });
later(2);
const name = (f) => { try { f(); return 'none'; } catch (e) { return e.name; } };
[name(() => new Promise()), name(() => Promise(() => {})), await p];
