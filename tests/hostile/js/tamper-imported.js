// status: ok
// timeout: 20s
// value: "after"
// module: a.js=export const a = 1;
// why: __imported called with what no compiler gives it
import { a } from 'a.js';
const evil = [null, undefined, 5, 'x', new Proxy({}, { getOwnPropertyDescriptor() { throw 1; } }), {}, Symbol('s'), globalThis];
for (const v of evil) for (const name of [undefined, 'x', Symbol('s'), { toString() { throw 2; } }, 10n]) try { __imported(v, name, name, 'a'); } catch {}
try { __imported({}, { toString() { throw 3; } }, 'a'); } catch {}
try { __imported({}, 'x'.repeat(1 << 20), ...Array(10000).fill('y')); } catch {}
'after';
