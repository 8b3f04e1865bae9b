// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: odd.
// names: ["good"
// why: names that are no names
const odd = {__proto__: null, good: 1, 'b a d': 1, '\x1b[2J': 1, '\n': 1, '': 1, '0': 1, '\ud800': 1, 'a"b': 1, [Symbol('s')]: 1};
'ready';
