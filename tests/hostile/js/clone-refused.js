// status: ok
// timeout: 20s
// value: 16
// why: what cannot be cloned is refused, deep inside of what can, with its getters not left half done
const odd = [() => {}, Symbol('s'), new WeakMap(), new WeakSet(), new WeakRef({}), Promise.resolve(), new Proxy({}, {}), new Proxy([], {}), (function* () {})(), new Map().entries(), console.log,
  Proxy.revocable({}, {}).proxy, { get a() { throw 1; } }, new (class { constructor() { this.f = () => {}; } })(), Object.assign(new Error('x'), { cause: () => {} }), new FinalizationRegistry(() => {})];
let refused = 0;
for (const v of odd) try { structuredClone({ a: [new Map([[1, new Set([v])]])] }); } catch { refused++; }
refused;
