// status: ok
// timeout: 20s
// value: "RangeError"
// why: instanceof descends a chain of bound functions natively
let f = function () {};
for (let i = 0; i < 8000; i++) { Object.defineProperty(f, 'name', { value: '' }); f = f.bind(); }
let r;
try { ({}) instanceof f; r = 'none'; } catch (e) { r = e.name; }
r;
