// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: 50
// why: fifty nested handlers that throw anew
let f = () => { throw new Error('0'); };
for (let i = 1; i <= 50; i++) { const g = f; f = () => { try { g(); } catch { throw new Error(String(i)); } }; }
f();
