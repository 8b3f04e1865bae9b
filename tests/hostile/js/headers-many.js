// status: ok
// timeout: 20s
// value: [1000,"after"]
// why: twenty thousand values for a thousand names, names that are none, and values with line breaks
const h = new Headers();
for (let i = 0; i < 20000; i++) h.append('x-' + i % 1000, 'v' + i);
for (const name of ['', ' ', 'a b', 'é', 'a\n', 'a:', '\u0000', 'x'.repeat(1 << 20), Symbol('s'), '__proto__', 'constructor']) for (const v of ['', 'a\r\nb: c', '\u0000', 'é', '\ud800', ' x '])
  try { new Headers().append(name, v); } catch {}
[[...h].length, 'after'];
