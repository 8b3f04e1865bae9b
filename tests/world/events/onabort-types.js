// ours: what is no object is null, as Web IDL says; Node keeps it
const {signal} = new AbortController();
for (const x of ['x', 1, true, Symbol('s'), undefined, null]) { signal.onabort = x; console.log(signal.onabort); }
const f = () => {};
signal.onabort = f;
console.log(signal.onabort === f);
signal.onabort = 'x';
console.log(signal.onabort);
