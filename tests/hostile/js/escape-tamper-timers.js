// status: ok
// timeout: 20s
// value: ["timer","microtask"]
// why: the bootstrap's timers must not be led astray by a replaced Date, Math and Array
Date.now = () => NaN;
Math.max = Math.min = Math.floor = Math.trunc = () => NaN;
performance.now = () => -1;
Array.prototype.sort = Array.prototype.push = () => { throw 1; };
const a = await new Promise((r) => setTimeout(() => r('timer'), 1));
const b = await new Promise((r) => queueMicrotask(() => r('microtask')));
[a, b];
