// status: ok
// timeout: 20s
// value: "after"
// why: every method of the console with every kind of argument, as a method and alone
const evil = [undefined, null, Symbol('s'), 10n, 'x'.repeat(1 << 16), '%s%o%d', {}, [], () => {}, new Proxy({}, {}), new Error('x'),
  { toString() { throw 1; }, valueOf() { throw 2; }, get [Symbol.toPrimitive]() { throw 3; } }, Object.create(null), globalThis, console];
for (const name of Object.keys(console)) {
  const f = console[name];
  if (typeof f !== 'function') continue;
  try { f(); } catch {}
  for (const a of evil) {
    try { f(a); } catch {}
    for (const b of evil) try { f.call(null, a, b, a); } catch {}
  }
  try { new f('x'); } catch {}
}
'after';
