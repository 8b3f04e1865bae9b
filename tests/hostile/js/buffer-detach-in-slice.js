// status: ok
// timeout: 20s
// value: true
// why: the species constructor of slice detaches the source
class Evil extends Uint8Array { static get [Symbol.species]() { src.buffer.transfer(); return Uint8Array; } }
const src = new Evil(1 << 16).fill(9);
let r = true;
try { const c = src.slice(0, 1 << 15); r = c.every((x) => x === 0); } catch (e) { r = e instanceof TypeError; }
r;
