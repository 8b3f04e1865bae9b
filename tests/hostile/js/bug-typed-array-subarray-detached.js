// status: ok
// value: ["TypeError","10,20,20,20,20,60"]
// why: quickjs-ng pull requests 1600 and 1601: the ends of subarray detach the buffer, and slice's species overlaps its source
const seen = [];
const room = new ArrayBuffer(64);
const view = new Uint8Array(room, 16);
try { seen.push(view.subarray(0, { valueOf() { room.transfer(); return 8; } }).length); } catch (e) { seen.push(e.name); }
const six = new Uint8Array([10, 20, 30, 40, 50, 60]);
six.constructor = { [Symbol.species]: function () { return new Uint8Array(six.buffer, 2); } };
try { six.slice(1, 4); seen.push(six.join()); } catch (e) { seen.push(e.name); }
seen;
