// status: ok
// timeout: 20s
// value: ["undefined",3]
// why: nothing can be added to globalThis any more: not by assignment, eval, functions or the console
Object.preventExtensions(globalThis);
Object.seal(globalThis);
let sum = 0;
for (const source of ['x1 = 1', 'var x2 = 1', 'function x3() {}', 'let x4 = 1; x4']) try { (0, eval)(source); sum++; } catch {}
try { undeclared = 1; } catch {}
console.log(sum); display('x'); setTimeout(() => {}, 1);
[typeof x1, 3];
