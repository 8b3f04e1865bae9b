// ---- kinds: what a value is, without asking the value

// The host reads an object's class without running guest code, Proxies included; the numbers are the engine's.
const classOf = (v) => host(CLASS, v);
const MAP = classOf(new Map()), SET = classOf(new Set()), DATE = classOf(new Date(0)), REGEXP = classOf(/a/);
const BUFFER = classOf(new ArrayBuffer(0)), VIEW = classOf(new DataView(new ArrayBuffer(0))), PROMISE = classOf(Promise.resolve());
const WEAKMAP = classOf(new WeakMap()), WEAKSET = classOf(new WeakSet()), ERRORS = classOf(new Error()), PROXY = classOf(new Proxy({}, {}));
const NUMBER = classOf(Object(0)), STRING = classOf(Object('')), BOOLEAN = classOf(Object(false));
const isTyped = (v) => typedTag(v) !== undefined;

// Reads a property of an untrusted object; whatever goes wrong is `fallback`.
const peek = (object, key, fallback) => { try { return object[key]; } catch { return fallback; } };
const text = (v, fallback) => typeof v === 'string' ? v : fallback;

function className(v) {
  for (let p = getPrototypeOf(v), n = 0; p !== null && n < 100; p = getPrototypeOf(p), n++) {
    const d = getOwnPropertyDescriptor(p, 'constructor');
    if (d !== undefined && typeof d.value === 'function') {
      const name = getOwnPropertyDescriptor(d.value, 'name');
      if (name !== undefined && typeof name.value === 'string' && name.value !== '') return name.value;
    }
  }
  return '';
}
