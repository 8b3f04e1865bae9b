// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: no then
// why: the result's then is a getter that throws, in a script with a top-level return
return { get then() { throw new Error('no then'); } };
