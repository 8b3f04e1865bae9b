// status: ok
// timeout: 20s
// value: "after"
// why: errors whose name, message, stack, cause and code are anything but text
const odd = [null, undefined, 5, 10n, Symbol('s'), {}, [], new Proxy({}, {}), 'x'.repeat(1 << 20), '\n    at x (y:1:1)\n', () => {}, new Error('in')];
for (const v of odd) {
  for (const key of ['name', 'message', 'stack', 'cause', 'code', 'errors', 'constructor']) {
    const e = new TypeError('plain');
    Object.defineProperty(e, key, { value: v, enumerable: key === 'code' });
    console.log(e, [e]);
    const g = new RangeError('getter');
    Object.defineProperty(g, key, { get() { throw v; } });
    console.log(g, { g });
    console.log('%s %o', g, e);
  }
}
'after';
