// status: ok
// timeout: 20s
// value: 3000
// why: three thousand listeners that throw everything there is
const t = new EventTarget();
let told = 0;
for (let i = 0; i < 3000; i++) t.addEventListener('a', i % 2 ? () => { told++; throw [new Error('x'), null, Symbol('s'), new Proxy({}, { get() { throw 1; } }), { get message() { throw 2; } }][i % 5]; } :
  { get handleEvent() { told++; throw new Error('no handler'); } });
t.dispatchEvent(new Event('a'));
told;
