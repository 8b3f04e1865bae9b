// status: ok
// timeout: 20s
// value: true
// why: TypedArray.from over an iterable that detaches what was made of it before
const made = [];
class T extends Uint8Array { constructor(...a) { super(...a); made.push(this); } }
let r = true;
try { T.from({ length: 100, get 50() { made[0] && made[0].buffer.transfer(); return 1; } }); } catch (e) { r = e instanceof TypeError; }
r;
