// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: one
// why: one error object rejects ten thousand promises, of which all but one are handled
const e = new Error('one');
for (let i = 0; i < 10000; i++) { const p = Promise.reject(e); if (i !== 5000) p.catch(() => {}); }
1;
