// status: ok
// value: [{"value":"return","done":true},"throw",{"value":1,"done":true}]
// why: bellard/quickjs issue 488: a generator is ended while it waits in the expression that a for-of loop is about; the stack ran below its start
const seen = [];
for (const how of ['return', 'throw']) {
  const g = (function* () { for (const e of yield []) seen.push(e); })();
  g.next();
  try { seen.push(g[how](how)); } catch (e) { seen.push(e); }
}
const a = (async function* () { for await (const e of yield []) seen.push(e); })();
await a.next();
seen.push(await a.return(1));
seen;
