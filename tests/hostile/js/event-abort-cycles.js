// status: ok
// timeout: 20s
// value: [300,true]
// why: signals that follow signals, aborts in the listeners of aborts, and a controller that aborts itself again
let controllers = Array.from({ length: 300 }, () => new AbortController()), told = 0;
controllers.forEach((c, i) => c.signal.addEventListener('abort', () => { told++; controllers[(i + 1) % 300].abort(i); c.abort(); }));
let any = AbortSignal.any(controllers.map((c) => c.signal));
for (let i = 0; i < 300; i++) any = AbortSignal.any([any, controllers[i].signal]);
setTimeout(() => {}, 1);
try { controllers[150].abort(); } catch {}
for (const c of controllers) c.abort();
[told, any.aborted];
