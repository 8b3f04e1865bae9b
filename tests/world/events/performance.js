const a = performance.now(), b = performance.now();
console.log(typeof a, a >= 0, b >= a, Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 50);
let distinct = false, previous = performance.now(), fine = true;
for (let i = 0; i < 100000; i++) { const now = performance.now(); if (now < previous) fine = false; if (now % 1 !== 0) distinct = true; previous = now; }
console.log(fine, distinct, Object.keys(performance.toJSON()).includes('timeOrigin'));
setTimeout(() => { const passed = performance.now() - b; console.log(passed > 28 && passed < 5000); }, 30);
console.log(new Event('x').timeStamp >= b, Object.prototype.toString.call(performance));
