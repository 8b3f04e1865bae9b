// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: mine
// why: a setter for value on Object.prototype that throws meets the completion of the script itself
Object.defineProperty(Object.prototype, 'value', { configurable: true, set() { throw new Error('mine'); } });
await 5;
