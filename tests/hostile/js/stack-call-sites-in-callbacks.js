// status: ok
// timeout: 20s
// value: 0
// why: the call sites of such stacks are the guest's own: none is a frame of the bootstrap
let foreign = 0;
Error.prepareStackTrace = (e, frames) => {
  for (const f of frames) {
    if (f.getFileName() !== 'main.js') foreign++;
  }
  return 'x';
};
const look = () => { new Error('x').stack; return 'x'; };
console.log({ [Symbol.for('nodejs.util.inspect.custom')]: look }, { get [Symbol.toStringTag]() { return look(); } });
display({ get a() { return look(); } });
progress(1, { toString: look });
await new Promise((r) => setTimeout(() => { look(); r(); }, 1));
if (globalThis.EventTarget) { const t = new EventTarget(); t.addEventListener('a', { handleEvent: look }); t.dispatchEvent(new Event('a')); }
if (globalThis.structuredClone) structuredClone({ get a() { return look(); } });
if (globalThis.URLSearchParams) new URLSearchParams([{ [Symbol.iterator]: function* () { yield look(); yield look(); } }]);
foreign;
