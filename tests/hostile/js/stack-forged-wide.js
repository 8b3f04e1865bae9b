// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: a stack that is one line of five megabytes, and ends as a frame of ours
const e = new Error('x');
e.stack = '    at ' + '('.repeat(5000000) + 'main.js:1:1)';
throw e;
