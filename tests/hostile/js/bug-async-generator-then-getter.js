// status: ok
// value: true
// why: quickjs-ng issue 1355: a getter of then on Object.prototype re-enters an async generator whose queue is in between two states, its frame was freed under it
let it, hits = 0, inside = false;
Object.defineProperty(Object.prototype, 'then', { configurable: true, get() {
  if (inside || !it) return undefined;
  inside = true;
  try { if (hits === 0) it.return(0); else if (hits === 1) { it.next(1); it.return(1); } else if (hits < 5) it.throw(hits); hits++; } catch {}
  inside = false;
} });
let open;
const gate = new Promise(f => { open = f; });
it = (async function* () { try { yield await gate; yield 2; } finally { await gate; yield 3; } })();
it.next().catch(() => {}); it.next().catch(() => {}); it.return(9).catch(() => {});
open(1);
for (let i = 0; i < 30; i++) await null;
delete Object.prototype.then;
hits > 0;
