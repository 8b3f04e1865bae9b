// status: ok
// value: 11
// why: quickjs-ng issues 1626, 1627 and 1629: descriptors from traps whose getters throw, lie and change the target
const seen = [];
const target = Object.defineProperty({}, 'x', { value: 1 });
for (const d of [{}, { value: 2 }, { get get() { throw new RangeError('g'); } }, { get value() { Object.preventExtensions(target); return 1; } }, { get: 1 }, { set() {}, value: 1 }, { get configurable() { delete target.x; return true; } }])
  for (const use of [p => Object.getOwnPropertyDescriptor(p, 'x'), p => Reflect.defineProperty(p, 'x', d), p => Object.assign({}, p), p => p.hasOwnProperty('x')])
    try { use(new Proxy(target, { getOwnPropertyDescriptor: () => d, defineProperty: () => true, has: () => false })); seen.push('answered'); } catch (e) { seen.push(e.name); }
seen.filter(x => x === 'answered').length;
