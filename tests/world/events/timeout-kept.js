// ours: listened to, a signal lives until its time, although nobody holds it
let n = 0;
for (let i = 0; i < 500; i++) AbortSignal.timeout(5).addEventListener('abort', () => { n++; });
for (let i = 0; i < 10; i++) { let a = []; for (let j = 0; j < 10000; j++) a.push({}); }
const target = new EventTarget();
target.addEventListener('x', () => console.log('never'), {signal: AbortSignal.timeout(5)});
AbortSignal.any([AbortSignal.timeout(5)]).onabort = () => { n += 1000; };
setTimeout(() => { target.dispatchEvent(new Event('x')); console.log(n); }, 60);
void 0;
