// status: ok
// timeout: 20s
// value: "after"
// why: constructor names and tags that are hostile
const o = { constructor: { name: { toString() { throw 1; } } }, [Symbol.toStringTag]: 5 };
try { console.log(o, Object.create({ constructor: null }), Object.create(null), class { static name = {}; }); } catch {}
'after';
