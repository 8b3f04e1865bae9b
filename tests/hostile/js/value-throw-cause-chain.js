// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: 20000
// why: an error with a chain of twenty thousand causes
let e = new Error('0');
for (let i = 1; i <= 20000; i++) { const c = e; e = Object.create(Error.prototype, { cause: { value: c }, message: { value: String(i) } }); }
throw Object.assign(new Error('20000'), { cause: e });
