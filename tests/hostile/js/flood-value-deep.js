// status: ok
// value: "true,true,true,true,true,true,true,invalid_argument,invalid_argument,invalid_argument,invalid_argument"
// timeout: 20s
// tools: echo
// why: values nested as deep as JSON may be here and one level deeper, as argument, answer, shown and value
const nest = n => { let v = 1; for (let i = 0; i < n; i++) v = i % 2 ? [v] : { v }; return v; };
const seen = [];
for (const n of [10, 100, 500, 511, 512, 513, 1000, 1024, 1025, 2000, 10000])
  try { let v = await tools.echo(nest(n)), depth = 0; while (typeof v === 'object') { v = Array.isArray(v) ? v[0] : v.v; depth++; } seen.push(depth === n); } catch (e) { seen.push(e.code ?? e.name); }
for (const n of [100, 1000, 10000]) { console.log(nest(n)); try { display(nest(n)); } catch {} }
seen.join();
