// ours: Node does not bound what it shows, and throws what a value throws
const custom = Symbol.for('nodejs.util.inspect.custom');
const fails = (name) => { throw new Error(name); };
const show = (v) => { try { console.log(v); } catch (e) { console.log('threw', e.name, e.message); } };
show({ get [Symbol.toStringTag]() { fails('tag'); } });
show(Object.create({ get constructor() { fails('constructor'); } }));
show(Object.create({ constructor: new Proxy(function () {}, { get() { fails('name'); } }) }));
show({ a: 1, b: { [custom]() { fails('custom'); } } });
show(Object.create(new Proxy({}, { getPrototypeOf() { fails('trap'); }, getOwnPropertyDescriptor() { fails('trap'); } })));
show([Object.defineProperty(new Error('x'), 'stack', { get() { fails('stack'); } })]);
show(Object.defineProperty(new Error('x'), 'name', { value: { toString() { fails('name'); } } }));
show(new Proxy(new Proxy({ a: 1 }, { ownKeys() { fails('inner'); } }), { ownKeys() { fails('outer'); } }));
show(Object.defineProperty(() => {}, 'name', { get() { fails('name of a function'); } }));
show({ then() { fails('then'); }, toJSON() { fails('toJSON'); }, toString() { fails('toString'); }, valueOf() { fails('valueOf'); } });

// Objects that change while they are shown.
const growing = [1, { [custom]() { growing.push(growing.length); return 'grew'; } }, 3];
show(growing);
const shrinking = [1, { [custom]() { shrinking.length = 2; return 'shrank'; } }, 3, 4, 5];
show(shrinking);
const emptied = new Map([['a', { [custom]() { emptied.clear(); return 'cleared'; } }], ['b', 2]]);
show(emptied);
const endless = new Set([{ [custom]() { endless.add({ [custom]: this[custom] }); return 'one more'; } }]);
show(endless);
const deleting = { a: { [custom]() { delete deleting.b; return 'deleted b'; } }, b: 1, c: 2 };
show(deleting);
const logging = { [custom]() { console.log('inside', { a: [1] }); return 'logged'; } };
show({ before: 1, logging, after: { b: 2 } });

// Depth: without a limit, and without an end.
let nest = {};
for (let i = 0; i < 1e5; i++) nest = { nest };
show(nest);
let nestedArray = [];
for (let i = 0; i < 1e5; i++) nestedArray = [nestedArray];
show(nestedArray);
let chain = {};
for (let i = 0; i < 1e5; i++) chain = Object.create(chain);
show(chain);
let cause = new Error('the first');
for (let i = 0; i < 1e5; i++) cause = new Error('e' + i, { cause });
console.log(cause.message, 'has a chain of causes');
let proxies = { a: 1 };
for (let i = 0; i < 50; i++) proxies = new Proxy(proxies, {});
show(proxies);
show({ [custom]() { return { [custom]: this[custom] }; } });

let inspect;
show({ [custom](depth, options, f) { inspect = f; return 'inspect is at hand'; } });
const bounded = (name, v, options) => {
  const text = inspect(v, options);
  console.log(name + ':', text.length < 500000 ? 'bounded,' : text.length, text.endsWith('}') || text.endsWith(']') ? 'whole' : 'cut');
};
bounded('nest', nest, { depth: Infinity });
bounded('nested arrays', nestedArray, { depth: Infinity });
bounded('causes', cause, { depth: Infinity });
const tree = (n) => n === 0 ? { leaf: 'x'.repeat(100) } : { a: tree(n - 1), b: tree(n - 1), c: tree(n - 1) };
bounded('tree', tree(9), { depth: Infinity });
const diamond = (n) => { let v = { leaf: 1 }; for (let i = 0; i < n; i++) v = { a: v, b: v }; return v; };
bounded('diamond', diamond(100), { depth: 100 });
const web = Array.from({ length: 50 }, () => []);
for (const node of web) for (const other of web) node.push(other);
bounded('web', web, { depth: Infinity });
const lines = ('x'.repeat(80) + '\n').repeat(100);
bounded('lines, far to the right', diamondOf(500, lines), { depth: Infinity });
function diamondOf(n, leaf) { let v = { leaf }; for (let i = 0; i < n; i++) v = { v }; return v; }

// Length: what is here would be megabytes, or gigabytes, or take minutes.
bounded('keys', Object.fromEntries(Array.from({ length: 30000 }, (_, i) => ['key' + i, i])));
bounded('strings', Array.from({ length: 100 }, (_, i) => String(i % 10).repeat(10000)));
bounded('quotes', Array.from({ length: 100 }, () => '\n'.repeat(10000)));
bounded('cube', Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => 'x'.repeat(30)))));
bounded('bigint', [10n ** 20000n, 10n ** 20000n, 10n ** 20000n, 10n ** 20000n, 10n ** 20000n, 10n ** 20000n, 10n ** 20000n]);
bounded('name', Array.from({ length: 30 }, () => Object.defineProperty(() => {}, 'name', { value: 'n'.repeat(1e6) })));
bounded('class', Array.from({ length: 30 }, () => new (Object.defineProperty(class {}, 'name', { value: 'n'.repeat(1e6) }))()));
bounded('tag', Array.from({ length: 30 }, () => Object.create({ [Symbol.toStringTag]: 't'.repeat(1e6) })));
bounded('symbol', [Symbol('s'.repeat(1e6)), { [Symbol('s'.repeat(1e6))]: 1 }]);
bounded('key', { ['k'.repeat(1e6)]: 1, ['\n'.repeat(1e6)]: 2 });
bounded('source', [new RegExp('r'.repeat(1e6)), /x/]);
bounded('message', [new Error('m'.repeat(1e6)), Object.assign(new Error('m'), { stack: 'line\n'.repeat(2e5) })]);
bounded('custom', Array.from({ length: 30 }, () => ({ [custom]() { return 'c'.repeat(1e6); } })));
bounded('boxed', [Object('s'.repeat(1e6)), Object(Symbol('s'.repeat(1e6)))]);
bounded('bytes', new ArrayBuffer(1e7), { maxArrayLength: null });
bounded('typed', new Uint8Array(1e6), { maxArrayLength: null });
bounded('all elements', Array.from({ length: 2e5 }, (_, i) => i), { maxArrayLength: null });
bounded('all entries', new Map(Array.from({ length: 1e5 }, (_, i) => [i, i])), { maxArrayLength: null });
bounded('all of a sparse array', Object.assign([], Object.fromEntries(Array.from({ length: 2e4 }, (_, i) => [i * 3, i]))), { maxArrayLength: null });
show(new Array(4294967295));
show(Object.assign([], { 4294967294: 'last' }));
show(new Uint8Array(3e7));
show(new Map(Array.from({ length: 2e5 }, (_, i) => [i, i])).size);
show(Symbol('s'.repeat(1e6)).description.length);
