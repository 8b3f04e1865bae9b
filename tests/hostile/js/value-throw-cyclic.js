// status: error
// code: uncaught_error
// why: an object that contains itself is thrown
const o = {};
o.o = o;
throw o;
