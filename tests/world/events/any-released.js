// ours: signals of any() that nobody watches do not pile up on a source that lives long
const controller = new AbortController();
let n = 0;
for (let i = 0; i < 20000; i++) { AbortSignal.any([controller.signal]); if (i % 1000 === 0) await null; }
for (let i = 0; i < 3; i++) AbortSignal.any([controller.signal]).onabort = () => { n++; };
const removed = () => { n += 100; }, s = AbortSignal.any([controller.signal]);
s.addEventListener('abort', removed);
s.removeEventListener('abort', removed);
controller.abort();
console.log(n, s.aborted);
