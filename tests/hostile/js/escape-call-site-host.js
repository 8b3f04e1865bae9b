// status: ok
// value: [true,true,[]]
// why: Error.prepareStackTrace, with CallSite's own methods replaced, must see neither the bootstrap nor the one way to the host
const strange = [];
let calls = 0, failures = 0;
Error.prepareStackTrace = (e, frames) => {
  calls++;
  for (let i = 0; i < frames.length; i++) {
    const proto = Object.getPrototypeOf(frames[i]);
    const own = Object.getOwnPropertyDescriptor(proto, 'getFileName').value;
    const file = frames[i].real ? frames[i].real() : frames[i].getFileName();
    if (file !== 'main.js') strange.push(String(file));
    if (!proto.real) { proto.real = own; proto.getFileName = () => 'main.js'; proto.isNative = () => false; }
  }
  return 'x';
};
new Error('first').stack;
const ids = [];
for (let i = 0; i < 1005; i++) { try { ids.push(setTimeout(() => {}, 1e6)); } catch (e) { failures++; } }
ids.forEach((id) => clearTimeout(id));
[calls > 0, failures > 0, strange]
