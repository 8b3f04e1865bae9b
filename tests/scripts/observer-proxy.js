// expect: {"changes": [["count", 0, 1], ["user.name", "Ada", "Ada L."], ["user.langs.1", {"$type": "undefined"}, "c"],
//   ["count", 1, {"$type": "undefined"}]], "state": {"user": {"name": "Ada L.", "langs": ["js", "c"]}},
//   "anything": ["<foo>", true], "missing": "no property b"}
function observable(target, onChange, path = []) {
  return new Proxy(target, {
    get(object, key, receiver) {
      const value = Reflect.get(object, key, receiver);
      return typeof value === 'object' && value !== null ? observable(value, onChange, [...path, key]) : value;
    },
    set(object, key, value, receiver) {
      const before = object[key];
      const ok = Reflect.set(object, key, value, receiver);
      if (ok && before !== value) onChange([...path, key].join('.'), before, value);
      return ok;
    },
    deleteProperty(object, key) {
      onChange([...path, key].join('.'), object[key], undefined);
      return Reflect.deleteProperty(object, key);
    },
  });
}

const changes = [];
const state = { user: { name: 'Ada', langs: ['js'] }, count: 0 };
const view = observable(state, (path, before, after) => changes.push([path, before, after]));

view.count++;
view.user.name = 'Ada L.';
view.user.langs.push('c');
view.user.name = 'Ada L.';
delete view.count;

const defaults = new Proxy({}, { get: (_, key) => `<${String(key)}>`, has: () => true });
const strict = new Proxy({ a: 1 }, {
  get(object, key) {
    if (!(key in object)) throw new ReferenceError(`no property ${String(key)}`);
    return object[key];
  },
});
let missing;
try {
  strict.b;
} catch ({ message }) {
  missing = message;
}
return { changes, state, anything: [defaults.foo, 'bar' in defaults], missing };
