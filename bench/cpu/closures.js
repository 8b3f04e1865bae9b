// closures: functions as values. Memoizing, composition, currying, middleware
// chains, an event emitter, a small store and a parser made of combinators.

const compose = (...fns) => (x) => fns.reduceRight((value, fn) => fn(value), x);
const curry = (fn) => function curried(...args) {
  return args.length >= fn.length ? fn(...args) : (...more) => curried(...args, ...more);
};

function memoize(fn) {
  const cache = {};
  return (n) => (n in cache ? cache[n] : (cache[n] = fn(n)));
}

function counter() {
  let value = 0;
  return { add: (n) => (value = (value + n) % 1000003), get: () => value };
}

function emitter() {
  const handlers = {};
  return {
    on(name, fn) {
      (handlers[name] = handlers[name] || []).push(fn);
      return () => { handlers[name] = handlers[name].filter((h) => h !== fn); };
    },
    emit(name, ...args) {
      (handlers[name] || []).forEach((fn) => fn(...args));
    },
  };
}

function middleware(...layers) {
  return (request) => {
    const next = (i) => (i === layers.length ? request.total : layers[i](request, () => next(i + 1)));
    return next(0);
  };
}

function createStore(reducer, initial) {
  let state = initial;
  const listeners = [];
  return {
    dispatch(action) {
      state = reducer(state, action);
      for (const listener of listeners) listener(state);
    },
    subscribe: (fn) => listeners.push(fn),
    state: () => state,
  };
}

// Parser combinators: a parser maps (text, position) to [value, position] or null.
const digit = (s, i) => (s[i] >= "0" && s[i] <= "9" ? [s[i], i + 1] : null);
const char = (c) => (s, i) => (s[i] === c ? [c, i + 1] : null);
const many = (p) => (s, i) => {
  const out = [];
  for (let r = p(s, i); r; r = p(s, i)) { out.push(r[0]); i = r[1]; }
  return [out, i];
};
const mapTo = (p, fn) => (s, i) => { const r = p(s, i); return r && [fn(r[0]), r[1]]; };
const either = (a, b) => (s, i) => a(s, i) || b(s, i);
const seq = (...ps) => (s, i) => {
  const out = [];
  for (const p of ps) {
    const r = p(s, i);
    if (!r) return null;
    out.push(r[0]);
    i = r[1];
  }
  return [out, i];
};
const number = mapTo(many(digit), (ds) => Number(ds.join("")));
const factor = either(mapTo(seq(char("("), (s, i) => sum(s, i), char(")")), (r) => r[1]), number);
const product = mapTo(seq(factor, many(seq(char("*"), factor))),
  ([first, rest]) => rest.reduce((a, [, b]) => (a * b) % 10007, first));
const sum = mapTo(seq(product, many(seq(char("+"), product))),
  ([first, rest]) => rest.reduce((a, [, b]) => a + b, first));

function main() {
  const total = counter();
  const transform = compose((x) => x + 1, (x) => x * 2, (x) => x % 1000, Math.abs);
  for (let i = 0; i < 15000; i++) total.add(transform(i * 7 - 20000));

  const clamp = curry((low, high, x) => Math.min(high, Math.max(low, x)));
  const clampByte = clamp(0)(255);
  for (let i = 0; i < 8000; i++) total.add(clampByte(i - 1500) + clamp(10, 20, i));

  const partitions = memoize((n) => (n < 2 ? 1 : (partitions(n - 1) * 3 + partitions(n - 2)) % 10007));
  for (let i = 0; i < 6000; i++) total.add(partitions(i));

  const bus = emitter();
  const offs = [1, 2, 3, 4].map((k) => bus.on("tick", (n) => total.add(n * k)));
  bus.on("tick", (n, label) => total.add(label.length));
  for (let i = 0; i < 8000; i++) {
    bus.emit("tick", i, "tick" + (i % 3));
    if (i % 2000 === 1999) offs.pop()();
  }

  const handle = middleware(
    (req, next) => { req.total += req.items.length; return next(); },
    (req, next) => (req.user % 5 === 0 ? -1 : next()),
    (req, next) => { req.items.forEach((x) => { req.total += x; }); return next() * 2; },
  );
  for (let i = 0; i < 5500; i++) total.add(1 + handle({ user: i, items: [i, i + 1, 3], total: 0 }));

  const store = createStore((s, a) => (a.type === "inc" ? { ...s, n: s.n + a.by } : s), { n: 0, name: "x" });
  store.subscribe((s) => total.add(s.n % 17));
  for (let i = 0; i < 5500; i++) store.dispatch({ type: i % 4 ? "inc" : "noop", by: i % 7 });

  for (let i = 0; i < 200; i++) total.add(sum(`(1+${i})*3+4*(5+6*(7+${i}))+12*${i}`, 0)[0]);
  return `${total.get()}:${store.state().n}`;
}

main();
