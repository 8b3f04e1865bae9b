// status: ok
// timeout: 20s
// value: false
// tools: echo
// why: call sites of an error made on the guest's own stack must not lead into the bootstrap
const mine = new Set();
let bad = false;
Error.prepareStackTrace = (e, frames) => {
  for (const f of [].concat(frames)) {
    const fn = f && f.getFunction && f.getFunction();
    const text = String(f) + (fn ? Function.prototype.toString.call(fn) : '');
    if (/bootstrap|host_?call|\.c:/i.test(text)) bad = true;
  }
  return '';
};
const evil = { get a() { new Error('x').stack; return 1; }, toString() { new Error('y').stack; return ''; } };
console.log('%s', evil);
await tools.echo(evil).catch(() => {});
await tools.unknown(evil).catch((e) => e.stack);
bad;
