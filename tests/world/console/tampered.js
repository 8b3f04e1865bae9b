// ours: Node lets a guest that replaces built-ins harm its own console in other ways
const log = console.log, table = console.table, dir = console.dir;
class A { x = 1; get y() { return 2; } }
const error = new RangeError('m');
error.stack = 'RangeError: m\n    at f (a.js:1:2)';
const map = new Map([['k', { v: 1 }]]), set = new Set([1, 'x']), many = [map, set, new Date(0), /x/g, new Uint8Array(3), new Number(4)];
const evil = () => { throw new Error('called'); };
const replace = Reflect.defineProperty, keysOf = Reflect.ownKeys, read = Reflect.getOwnPropertyDescriptor;
const classes = [Array, String, Object, Map, Set, Date, RegExp, Number, Symbol, Function, Error, Uint8Array, Promise, BigInt];
for (let i = 0; i < classes.length; i++) {
  const prototype = classes[i].prototype, keys = keysOf(prototype);
  for (let k = 0; k < keys.length; k++) {
    const d = read(prototype, keys[k]);
    if (keys[k] !== 'constructor' && d.configurable && typeof d.value === 'function') replace(prototype, keys[k], { value: evil });
  }
}
for (let i = 0; i < 3; i++) replace(Array.prototype, i, { set: evil, get: evil, configurable: true });
Object.keys = Object.getPrototypeOf = Object.getOwnPropertySymbols = Object.setPrototypeOf = Object.is = evil;
Reflect.ownKeys = Reflect.apply = Reflect.getOwnPropertyDescriptor = Reflect.defineProperty = evil;
Math.min = Math.max = Math.floor = Math.round = Math.sqrt = evil;
JSON.stringify = Array.isArray = performance.now = String.fromCodePoint = Number.parseInt = evil;
Object.prototype.value = Object.prototype.enumerable = Object.prototype.depth = Object.prototype.done = 'polluted';
Object.prototype.index = Object.prototype.showHidden = Object.prototype.maxArrayLength = Object.prototype.next = 'polluted';
log({ a: 1, b: 'it\'s', c: [1, 2, 3, 4, 5, 6, 7, 8], d: new A(), e: error });
log(many, Symbol('s'), 5n, null, '日本');
table(map); table(set);
log('%s %d %j %O %i', 'text', 42, 'json', [1], '7');
table([{ a: 1, b: 2 }, { a: 3 }]);
dir({ a: { b: { c: { d: 1 } } } }, { __proto__: null, depth: 5 });
console.group('G'); log('two\nlines'); console.groupEnd(); console.count(); console.time('t');
log(new Proxy({ a: 1 }, {}), function f() {}, class K {}, [, 1]);
log(['日', '本', '語', 'é', 'x', 'y', 'z', 'w'], { s: 'a\nb' });
