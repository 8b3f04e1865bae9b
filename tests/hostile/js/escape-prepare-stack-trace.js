// status: ok
// timeout: 20s
// value: [false,0]
// tools: fail
// why: Error.prepareStackTrace must not be handed frames or functions of the bootstrap
let bad = false, functions = 0;
Error.prepareStackTrace = (e, frames) => {
  for (const f of [].concat(frames)) {
    if (/bootstrap|\/[a-z]+\/[a-z]|\.c:/.test(String(f) + (f && f.getFileName ? f.getFileName() : ''))) bad = true;
    if (f.getFileName() !== 'main.js' && typeof f.getFunction() === 'function') functions++;
  }
  return String(e);
};
await tools.fail({}).catch((e) => e.stack);
[bad, functions];
