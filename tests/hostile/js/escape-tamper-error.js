// status: error
// timeout: 20s
// code: uncaught_error
// error: TypeError: honest
// why: Error and its prototype are replaced before an honest error is thrown
const T = TypeError;
globalThis.Error = globalThis.TypeError = function () { throw 'tampered'; };
throw new T('honest');
