// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: a stack getter that answers otherwise each time, and once with an object
let n = 0;
const e = new Error('x');
Object.defineProperty(e, 'stack', { get() { n++; return n === 1 ? 'main.js:1:1' : n === 2 ? {} : 'main.js:999:999'; } });
throw e;
