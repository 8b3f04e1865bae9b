// status: ok
// timeout: 20s
// value: [1,"two"]
// why: globalThis has numeric names, a length and is taken for an array
globalThis[0] = 1;
Object.defineProperty(globalThis, '1', { get: () => 'two', configurable: true });
globalThis.length = 2 ** 32 - 1;
for (let i = 2; i < 100; i++) Object.defineProperty(globalThis, i, { set() { throw 1; }, configurable: true });
const list = Array.from({ length: 2 }, (_, i) => globalThis[i]);
for (const f of [console.log, console.table, display]) try { f(globalThis); } catch {}
delete globalThis.length;
list;
