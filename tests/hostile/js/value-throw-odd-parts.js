// status: error
// timeout: 20s
// code: uncaught_error
// why: an error whose parts are of other types
throw Object.assign(new Error(), { name: Symbol('n'), message: { toString() { throw 1; } }, stack: 10n, code: [], cause: () => 1 });
