// status: ok
// timeout: 20s
// value: "after"
// why: reasons that are anything, lists of what are no signals, and calls without a signal
const evil = [null, undefined, 5, Symbol('s'), {}, () => {}, new Proxy({}, { get() { throw 1; } }), [{}], [null], { [Symbol.iterator]() { throw 2; } }, -1, NaN, Infinity, 1e308, '5', 10n];
for (const v of evil) {
  const c = new AbortController();
  c.signal.onabort = v;
  c.signal.addEventListener('abort', () => { throw v; });
  try { c.abort(v); c.signal.throwIfAborted(); } catch {}
  try { AbortSignal.any(v); } catch {}
  try { AbortSignal.timeout(v); } catch {}
  try { AbortSignal.abort(v); AbortSignal.prototype.throwIfAborted.call(v); } catch {}
  try { AbortController.prototype.abort.call(v); } catch {}
  try { new AbortSignal(v); } catch {}
  console.log(c, c.signal);
}
'after';
