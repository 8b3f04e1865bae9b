// status: ok
// timeout: 20s
// value: "after"
// why: inspect.custom throws, gives symbols, proxies, promises, itself, and texts of a mebibyte
const custom = Symbol.for('nodejs.util.inspect.custom');
const make = (f) => ({ a: 1, [custom]: f });
const odd = [() => { throw new Error('no'); }, () => { throw null; }, () => Symbol('s'), () => new Proxy({}, {}), async () => 1,
  function () { return this; }, () => 'x\n'.repeat(1 << 19), () => null, () => undefined, () => '\u001b[31m', () => 10n, function* () {}];
for (const f of odd) {
  try { console.log(make(f)); } catch {}
  try { console.log([make(f)], { a: { b: make(f) } }); } catch {}
}
'after';
