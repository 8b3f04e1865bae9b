// status: ok
// timeout: 20s
// value: true
// why: the value given to fill detaches the buffer while it is converted
const t = new Uint8Array(1 << 20);
let r = true;
try { t.fill({ valueOf() { t.buffer.transfer(); return 1; } }); } catch (e) { r = e instanceof TypeError; }
r && t.length === 0;
