// status: ok
// timeout: 20s
// value: "RangeError"
// why: JSON.parse of deep objects that are complete
let r;
try { JSON.parse('{"a":'.repeat(1e5) + '1' + '}'.repeat(1e5)); } catch (e) { r = e.name; }
r;
