// status: error
// timeout: 20s
// code: uncaught_error
// why: a rejection with a symbol, which no text can be made of
await Promise.reject(Symbol('reason'));
