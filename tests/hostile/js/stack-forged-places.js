// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: forged frames with numbers that overflow, names of nothing, and half of what a frame has
const e = new Error('x');
const places = ['main.js:0:0', 'main.js:4294967296:1', 'main.js:-1:1', 'main.js:1:-1', 'main.js:1:4294967296', 'main.js:999999999:999999999',
  'main.js:99999999999999999999:1', 'main.js::', 'main.js:1', ':1:1', '1:1', '', 'main.js:1:1)', '(main.js:1:1', '((main.js:1:1))', 'other.js:1:1',
  'main.js:1:1:1:1', 'main.js:01:0001', 'main.js :1:1', '\u0000main.js:1:1', 'main.js\u0000:1:1', '\ud800:1:1', 'é:1:1', 'main.js:１:１', 'native:1:1', '<eval>'];
e.stack = places.map((p) => '    at ' + p).join('\n') + '\n' + places.map((p) => '    at f (' + p + ')').join('\n') + '\n' + places.join('\n') + '\nmain.js:6:1';
throw e;
