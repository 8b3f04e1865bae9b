// status: ok
// value: 3
// why: quickjs-ng issue 1661: a handler of an AsyncDisposableStack, caught by a tampered then, is called without the argument that it reads
const then = Promise.prototype.then;
const saved = [];
Promise.prototype.then = function (f, r) { for (const x of [f, r]) if (typeof x === 'function') saved.push(x); return Promise.resolve(); };
const seen = [];
try {
  const stack = new AsyncDisposableStack();
  stack.use(undefined); stack.defer(() => {}); stack.adopt({}, () => {}); stack.disposeAsync();
  for (let i = 0; i < 3; i++) for (const f of saved.splice(0)) try { f(); } catch (e) { seen.push(typeof e); }
} catch (e) { seen.push(e.name); }
Promise.prototype.then = then;
for (let i = 0; i < 5000; i++) { const c = {}; c.c = c; }
seen.length;
