// ours: a getter and a setter `value` on Object.prototype, in a script that waits for nothing; it harms only itself
Reflect.defineProperty(Object.prototype, 'value', {
  __proto__: null, get() { throw 'read'; }, set() { throw 'written'; }, configurable: true});
console.log({get a() { return 1; }, b: 2, set c(v) {}}, [1, , {get d() { return 1; }}]);
console.log(new Map([[1, {get x() { return 1; }}]]), new Set([[]]), new AbortController(), new Blob(['ab']));
console.table([{a: 1}, {b: 2}]);
console.log('%s %o', 'text', {get x() { return 1; }});
const target = new EventTarget();
target.addEventListener('x', {handleEvent() { console.log('called'); }});
target.dispatchEvent(new Event('x'));
tools.unheardOf({a: 1}).catch((e) => console.log(e.message));
setTimeout((x) => console.log('timer', x), 1, 'x');
({text: 'text', list: [1, {a: null}], date: new Date(0), map: new Map([[1, 2]])});
