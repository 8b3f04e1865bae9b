// expect: {"union": {"$type": "set", "values": [1, 2, 3, 4, 5]}, "intersection": {"$type": "set", "values": [3, 4]},
//   "difference": {"$type": "set", "values": [1, 2]}, "subset": true, "power": 8, "product": ["0a", "0b", "1a", "1b"],
//   "total": 3, "inverted": {"$type": "map", "entries": [["js", {"$type": "set", "values": ["ada", "bob"]}], ["c",
//   {"$type": "set", "values": ["ada"]}]]}, "found": ["nan", "zero", "text", {"$type": "undefined"}, "tagged"]}
const a = new Set([1, 2, 3, 4]);
const b = new Set([3, 4, 5]);
const union = new Set([...a, ...b]);
const intersection = new Set([...a].filter((x) => b.has(x)));
const difference = new Set([...a].filter((x) => !b.has(x)));
const subset = [...intersection].every((x) => a.has(x));

const powerSet = (items) => items.reduce((sets, item) => [...sets, ...sets.map((s) => [...s, item])], [[]]);
const product = (...lists) => lists.reduce((acc, list) => acc.flatMap((head) => list.map((x) => [...head, x])), [[]]);

class MultiMap extends Map {
  add(key, value) {
    if (!super.has(key)) super.set(key, new Set());
    super.get(key).add(value);
    return this;
  }
  get total() {
    return [...this.values()].reduce((n, s) => n + s.size, 0);
  }
  invert() {
    const out = new MultiMap();
    for (const [key, values] of this) for (const v of values) out.add(v, key);
    return out;
  }
}
const skills = new MultiMap().add('ada', 'js').add('ada', 'c').add('bob', 'js').add('bob', 'js');

const objects = new WeakMap();
const key = {};
objects.set(key, 'tagged');
const mixed = new Map([[NaN, 'nan'], [0, 'zero'], ['0', 'text'], [key, 'object']]);

return { union, intersection, difference, subset, power: powerSet(['x', 'y', 'z']).length, product: product([0, 1], ['a', 'b']).map((p) => p.join('')), total: skills.total, inverted: skills.invert(), found: [mixed.get(NaN), mixed.get(-0), mixed.get('0'), mixed.get({}), objects.get(key)] };
