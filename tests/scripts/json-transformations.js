// expect: {"date": true, "secret": false, "id": 9007199254740992,
//   "stable": "{\"a\":{\"c\":2,\"d\":[3,{\"y\":2,\"z\":1}]},\"b\":1}", "flat": {"a.b.0": 1, "a.b.1.c": null,
//   "d": false}, "round": "{\"a\":{\"b\":[1,{\"c\":null}]},\"d\":false}", "reason": "SyntaxError"}
// output: ["{\n  \"temperature\": \"21C\",\n  \"list\": [\n    null,\n    null,\n    null\n  ]\n}"]
const source = '{"id": 9007199254740993, "price": 12.5, "at": "2025-03-01T00:00:00Z", "tags": ["a", null], "nested": {"secret": "x", "ok": true}}';

const revived = JSON.parse(source, (key, value) => {
  if (key === 'at') return new Date(value);
  if (key === 'secret') return undefined;
  return value;
});

const stable = (value) =>
  JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v);

const flatten = (value, prefix = '') =>
  value !== null && typeof value === 'object' && !(value instanceof Date)
    ? Object.assign({}, ...Object.entries(value).map(([k, v]) => flatten(v, prefix ? `${prefix}.${k}` : k)))
    : { [prefix]: value };

const unflatten = (flat) =>
  Object.entries(flat).reduce((root, [path, value]) => {
    const keys = path.split('.');
    keys.reduce((node, key, i) => (node[key] ??= i === keys.length - 1 ? value : /^\d+$/.test(keys[i + 1]) ? [] : {}), root);
    return root;
  }, {});

class Temperature {
  constructor(celsius) {
    this.celsius = celsius;
  }
  toJSON() {
    return `${this.celsius}C`;
  }
}

let reason;
try {
  JSON.parse('{"a": }');
} catch (e) {
  reason = e.name;
}
const flat = flatten({ a: { b: [1, { c: null }] }, d: false });
console.log(JSON.stringify({ temperature: new Temperature(21), list: [undefined, () => 1, NaN], skip: undefined }, null, 2));
({ date: revived.at instanceof Date, secret: 'secret' in revived.nested, id: revived.id, stable: stable({ b: 1, a: { d: [3, { z: 1, y: 2 }], c: 2 } }), flat, round: stable(unflatten(flat)), reason })
