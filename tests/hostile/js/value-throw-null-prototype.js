// status: error
// timeout: 20s
// code: uncaught_error
// why: an object without a prototype, which no text can be made of, is thrown
throw Object.create(null);
