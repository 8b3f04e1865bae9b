// status: ok|error
// code: uncaught_error|deadlock
// timeout: 20s
// module: a.js=export const a = 1;
// why: import() after Promise and its prototype were taken over
Promise.prototype.then = function () { throw new Error('mine'); };
Promise.resolve = () => { throw new Error('mine'); };
Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('mine'); } });
globalThis.__imported = () => ({ a: 'forged' });
let out = 'none';
try { out = (await import('a.js')).a; } catch {}
out;
