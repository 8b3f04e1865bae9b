// status: ok
// value: ["undefined","undefined","undefined","ReferenceError"]
// why: quickjs-ng issues 1301 and 1302, bellard/quickjs issues 480 and 508: operands of Atomics that shrink the buffer; the sealed world has no Atomics, nor a way to them
const room = new ArrayBuffer(1024, { maxByteLength: 2048 });
const view = new Int32Array(room);
const seen = [typeof Atomics, typeof (0, eval)('this.Atomics'), typeof Reflect.get(globalThis, 'Atomics')];
try { (0, eval)('Atomics').add(view, 200, { valueOf() { room.resize(8); return 1; } }); } catch (e) { seen.push(e.name); }
seen;
