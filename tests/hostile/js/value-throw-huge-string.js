// status: error
// code: uncaught_error
// timeout: 1s
// why: four mebibytes of text are thrown
throw 'x'.repeat(4 << 20);
