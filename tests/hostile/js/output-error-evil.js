// status: ok
// timeout: 20s
// value: "after"
// why: printing errors whose parts are hostile
const e = new Error('x');
Object.defineProperty(e, 'stack', { get() { throw 1; } });
Object.defineProperty(e, 'message', { value: { toString() { throw 2; } } });
Object.defineProperty(e, 'name', { get() { return Symbol('n'); } });
try { console.log(e); console.error([e]); } catch {}
'after';
