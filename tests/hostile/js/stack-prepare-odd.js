// status: ok
// timeout: 20s
// value: "after"
// why: Error.prepareStackTrace throws, gives no text, is no function, is a proxy, a class, a bound function
const odd = [() => { throw 1; }, () => undefined, () => Symbol('s'), () => ({}), 5, null, 'x', {}, new Proxy(() => {}, { apply() { throw 2; } }), class {},
  console.log, tools, globalThis.display, JSON.stringify, function () { return this; }, (e, frames) => frames];
for (const f of odd) {
  try { Error.prepareStackTrace = f; } catch {}
  for (const make of [() => new Error('x').stack, () => null.x, () => JSON.parse('{'), () => structuredClone(() => {}), () => console.log(new Error('y')),
    () => setTimeout(5), () => console.trace('t'), () => display(Symbol('s')), () => new URL('no')])
    try { console.log(make()); } catch (e) { try { String(e && e.stack); } catch {} }
}
delete Error.prepareStackTrace;
'after';
