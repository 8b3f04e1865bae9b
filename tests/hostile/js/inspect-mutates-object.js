// status: ok
// timeout: 20s
// value: "after"
// why: objects and arrays that delete, add and redefine their own members while they are looked at
const custom = Symbol.for('nodejs.util.inspect.custom');
const a = [], o = {};
for (let i = 0; i < 50; i++) {
  a.push({ [custom]() { a.length = 3; a.push(a, 1, 2); Object.defineProperty(a, 4, { get() { throw 1; } }); return 'a'; } });
  o['k' + i] = { [custom]() { delete o['k' + (i + 1)]; o['n' + i] = o; Object.setPrototypeOf(o, i % 2 ? null : Array.prototype); return 'o'; } };
}
try { console.log(a); } catch {}
try { console.log(o); } catch {}
try { console.log([o, a], '%o', o, a); } catch {}
'after';
