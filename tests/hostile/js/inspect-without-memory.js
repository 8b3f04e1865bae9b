// status: ok|limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: the console is called with almost no memory left
const held = [];
try { for (;;) held.push(new Array(1000).fill(held)); } catch {}
for (let i = 0; i < 100; i++) {
  try { console.log({ a: [1, { b: new Map([[1, 2]]) }], s: 'x'.repeat(1000) }); } catch {}
  try { console.table([{ a: 1 }, { b: 2 }]); } catch {}
  try { display([{ a: 1 }]); } catch {}
}
held.length = 0;
'after';
