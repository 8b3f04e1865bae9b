// status: ok
// timeout: 20s
// value: "TypeError"
// why: a species constructor that answers an array shorter than asked for
class Evil extends Uint8Array { static get [Symbol.species]() { return function () { return new Uint8Array(1); }; } }
let r;
try { new Evil(1000).map((x) => x); r = 'none'; } catch (e) { r = e.name; }
r;
