// status: ok
// timeout: 20s
// value: "after"
// why: constructor and constructor.name throw, are huge, symbols, proxies, or answer instanceof as they like
const names = [Symbol('s'), 'x'.repeat(1 << 20), {}, null, 5, '\n\n', new Proxy({}, {})];
for (const name of names) {
  class K { static [Symbol.hasInstance]() { throw 1; } }
  Object.defineProperty(K, 'name', { value: name });
  try { console.log(new K(), K, [new K()]); } catch {}
  class L { static get name() { throw new Error('no'); } static [Symbol.hasInstance]() { return true; } }
  try { console.log(new L(), L); } catch {}
}
const o = {};
Object.defineProperty(o, 'constructor', { get() { throw 1; } });
console.log(o, Object.create(o));
console.log(Object.create({ constructor: new Proxy(class {}, { get() { throw 1; }, getPrototypeOf() { throw 2; } }) }));
'after';
