// status: ok
// timeout: 20s
// value: "after"
// why: Error.stackTraceLimit is huge, negative, no number, a getter that throws, and gone
const odd = [Infinity, -1, -Infinity, NaN, 1e308, 2 ** 32, 2 ** 31, 0.5, 'x', null, undefined, {}, { valueOf() { throw 1; } }, Symbol('s'), 5n];
const deep = (n) => n > 0 ? deep(n - 1) : new Error('deep');
for (const v of odd) {
  try { Error.stackTraceLimit = v; } catch {}
  try { console.log(deep(500).stack.length); } catch {}
  try { null.x; } catch (e) { console.log(e); }
}
Object.defineProperty(Error, 'stackTraceLimit', { get() { throw new Error('limit'); } });
try { console.log(deep(5)); } catch {}
'after';
