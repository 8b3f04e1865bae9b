// status: ok
// timeout: 20s
// value: "after"
// why: a table of a thousand rows and two hundred columns, and one row or column too many
const row = Object.fromEntries(Array.from({ length: 200 }, (_, i) => ['c' + i, i]));
try { display(Array(1000).fill(row)); } catch {}
try { display(Array(10001).fill({ a: 1 })); } catch {}
try { display([{ ...row, more: 1 }]); } catch {}
try { display([{ ...row, more: 1 }], 'table'); } catch {}
'after';
