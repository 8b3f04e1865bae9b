// status: ok
// timeout: 20s
// value: "RangeError"
// why: toString that converts itself
let r;
try { String({ toString() { return '' + this; } }); } catch (e) { r = e.name; }
r;
