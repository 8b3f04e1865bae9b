// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: kept
// why: promises of a class whose then and catch do nothing, with a constructor that counts
class P extends Promise { then() { return this; } catch() { return this; } static get [Symbol.species]() { throw 1; } }
const p = P.reject(new Error('kept'));
p.then(() => {}, () => {});
p.catch(() => {});
1;
