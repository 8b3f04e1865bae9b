// status: ok
// timeout: 20s
// value: "after"
// why: events, targets and options that are not what they should be
const evil = [null, undefined, 5, Symbol('s'), {}, () => {}, new Proxy({}, { get() { throw 1; } }), { toString() { throw 2; } }, { get once() { throw 3; } }, { signal: 5 }, { signal: AbortSignal.abort() }, { handleEvent: 5 }, 'x'.repeat(1 << 20)];
const t = new EventTarget();
for (const a of evil) for (const b of evil) {
  try { t.addEventListener(a, b, a); } catch {}
  try { t.addEventListener('a', () => {}, b); } catch {}
  try { t.removeEventListener(a, b, b); } catch {}
  try { new Event(a, b); new CustomEvent(a, b); } catch {}
  try { EventTarget.prototype.addEventListener.call(a, 'x', b); } catch {}
}
const e = new Event('a', { cancelable: true });
t.addEventListener('a', (x) => { try { t.dispatchEvent(x); } catch {} x.stopImmediatePropagation(); x.preventDefault(); });
for (const x of [...evil, e, Object.create(e), new Proxy(e, {})]) try { t.dispatchEvent(x); } catch {}
for (const key of ['type', 'target', 'timeStamp', 'defaultPrevented', 'composedPath']) try { const d = Object.getOwnPropertyDescriptor(Event.prototype, key); (d.get || d.value).call({}); } catch {}
console.log(e, t);
'after';
