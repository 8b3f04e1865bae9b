// status: ok
// timeout: 20s
// value: "after"
// why: the inspect hook of Node throws, or returns itself
const c = Symbol.for('nodejs.util.inspect.custom');
const a = { [c]() { throw new Error('hook'); } }, b = { [c]() { return 1; } };
try { console.log(a); } catch {}
console.log(b, { inspect() { throw 1; } });
'after';
