// status: ok
// timeout: 20s
// value: 4
// why: callbacks and delays that are not what they should be, and this and arguments that look around
let fired = 0;
for (const f of [null, undefined, 'code()', {}, Symbol('s'), 5, new Proxy({}, {})]) for (const g of [setTimeout, setInterval, queueMicrotask]) try { g(f, 1); } catch {}
for (const d of [Symbol('s'), 10n, { valueOf() { throw 1; } }, { valueOf() { fired++; return 1; } }, NaN, -Infinity, 2 ** 40]) try { clearTimeout(setTimeout(() => { fired += 100; }, d)); } catch {}
await new Promise((r) => setTimeout(function () { 'use strict'; fired += this === undefined ? 1 : 0; fired += arguments.length; r(); }, 1, 1, 2));
await new Promise((r) => { const id = setInterval(() => { clearInterval(id); clearInterval(id); r(); }, 1); });
fired;
