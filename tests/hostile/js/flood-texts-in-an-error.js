// status: error
// code: uncaught_error
// error: a: a
// timeout: 20s
// why: an error whose every part is a text that no line may hold
const nasty = 'a\0b\ud800c\udfff"\\\n\r\u2028\x1b[2J{"type":"done"}\n';
class E extends Error { get name() { return nasty; } }
const e = new E(nasty.repeat(1000), { cause: nasty });
e.stack = nasty + '\n    at ' + nasty + ' (native:1:1)';
e.code = nasty;
e[nasty] = nasty;
throw e;
