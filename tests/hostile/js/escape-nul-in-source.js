// status: ok
// timeout: 20s
// value: [3,0]
// why: a NUL and a BOM in evaluated text and in names must not cut it short
const s = 'a\0b';
globalThis['x\0y'] = s.length;
[eval('globalThis["x\0y"]'), 'a\0b'.indexOf('a')];
