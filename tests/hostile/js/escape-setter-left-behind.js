// status: error
// code: uncaught_error
// error: Error: mine
// why: a setter for value on Object.prototype that throws meets the completion of the script itself
Object.defineProperty(Object.prototype, 'value', { configurable: true, set() { throw new Error('mine'); } });
5;
