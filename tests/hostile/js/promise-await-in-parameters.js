// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: parameter
// why: an async function whose parameter default throws rejects, and does not throw
const f = async (a = (() => { throw new Error('parameter'); })()) => a;
const p = f();
await p;
