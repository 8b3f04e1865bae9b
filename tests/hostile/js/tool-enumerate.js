// status: ok
// timeout: 20s
// value: "survived"
// tools: echo,never
// why: reflection upon tools must end and must not throw out of the engine
const ways = [Object.keys, Object.getOwnPropertyNames, Object.getPrototypeOf, Object.isFrozen, JSON.stringify, String,
  Object.entries, (t) => ({ ...t }), (t) => { for (const k in t); }];
for (const f of ways)
  try { f(tools); } catch (e) { if (!(e instanceof Error)) throw e; }
'survived';
