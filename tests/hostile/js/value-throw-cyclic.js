// status: error
// timeout: 20s
// code: uncaught_error
// why: an object that contains itself is thrown
const o = {};
o.o = o;
throw o;
