// status: error
// timeout: 20s
// code: uncaught_error
// why: an object nested a hundred thousand deep is thrown
let o = {};
for (let i = 0; i < 100000; i++) o = { o };
throw o;
