console.log(Promise.resolve(1), Promise.resolve('text'), Promise.resolve(), Promise.resolve({ a: { b: { c: {} } } }));
console.log(new Promise(() => {}), [Promise.resolve([1, 2])], { p: Promise.resolve(null) });
const rejected = Promise.reject('no'); rejected.catch(() => {}); console.log(rejected);
class P extends Promise {} console.log(P.resolve(1), Object.assign(Promise.resolve(1), { extra: 1 }));
console.log({ a: { b: { c: Promise.resolve(1), d: { e: Promise.resolve(1) } } } });
const p = Promise.resolve(Promise.resolve(2)); console.log(p, (async () => 3)(), (async () => { await 0; })());
const self = {}; self.promise = Promise.resolve(self); console.log(self, self.promise);
console.log(Promise.all([]), Promise.resolve('x'.repeat(80)));
