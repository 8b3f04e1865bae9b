// ours: any iterable of signals, as Web IDL says; Node takes arrays only
const c = new AbortController();
for (const x of [new Set([c.signal]), new Map([[c.signal, 1]]).keys(), (function* () { yield c.signal; })()]) {
  const any = AbortSignal.any(x);
  any.onabort = () => console.log('abort');
}
c.abort();
for (const x of [{[Symbol.iterator]: 1}, {[Symbol.iterator]() { return {next() { return 1; }}; }}, {[Symbol.iterator]() { throw 'mine'; }}, 'ab'])
  try { AbortSignal.any(x); } catch (e) { console.log(e.name ?? e); }
void 0;
