// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: positions inside of characters of several bytes, behind the end of their line, and on the last line
const e = new Error('x'), s = '🙂é漢\u2028𝒳';
e.stack = [1, 2, 23, 24, 25, 26, 27, 28, 29, 30, 31, 33, 1000000].map((c) => 'main.js:6:' + c + '\nmain.js:9:' + c).join('\n');
throw e;
// 🙂🙂🙂🙂🙂🙂🙂
