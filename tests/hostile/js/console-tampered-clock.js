// status: ok
// timeout: 20s
// value: "after"
// why: console.time with every clock and number function of the guest's replaced
performance.now = Date.now = () => { throw new Error('clock'); };
Number.prototype.toFixed = String.prototype.padStart = Math.floor = () => { throw new Error('tampered'); };
Object.defineProperty(globalThis, 'performance', { get() { throw 1; } });
for (let i = 0; i < 100; i++) { console.time('t' + i); console.timeLog('t' + i, i); console.timeEnd('t' + i); }
console.count(); console.countReset(); console.countReset('none'); console.timeEnd('none');
'after';
