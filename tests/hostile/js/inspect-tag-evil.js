// status: ok
// timeout: 20s
// value: "after"
// why: Symbol.toStringTag throws, is huge, has line breaks, is an object, changes at every look
const tags = [() => { throw 1; }, () => 'x'.repeat(1 << 20), () => 'a\n]\u0000\u202e', () => ({}), () => Math.random().toString(), () => 5n];
for (const get of tags) {
  for (const v of [{ a: 1 }, [1], new Map([[1, 2]]), () => {}, new (class K {})(), new Error('x'), Object.create(null)]) {
    Object.defineProperty(v, Symbol.toStringTag, { get });
    try { console.log(v, [v]); } catch {}
    try { console.log('%s', v); } catch {}
  }
}
'after';
