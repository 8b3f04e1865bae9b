// status: ok
// timeout: 20s
// value: "after"
// why: classes and functions of a mebibyte, with names that are none, and toString of their own
const big = eval('(class A { x = 1; /* ' + 'x'.repeat(1 << 20) + ' */ })');
const named = Object.defineProperty(() => {}, 'name', { value: 'a]\n[b\u0000' });
const tricky = Object.defineProperty(function () {}, 'toString', { value() { throw 1; } });
const nullClass = Object.setPrototypeOf(class {}, null);
const weird = [big, new big(), named, tricky, nullClass, Object.setPrototypeOf(() => {}, null), async function* () {}, class extends big {},
  Object.setPrototypeOf(function () {}, new Proxy(Function.prototype, { getPrototypeOf() { throw 1; } }))];
for (const f of weird) try { console.log(f, [f]); } catch {}
for (const f of weird) try { console.log('%s %o', f, f); } catch {}
'after';
