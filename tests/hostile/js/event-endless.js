// status: timeout
// code: wall_time_limit
// why: two targets whose listeners tell each other, by microtasks
const a = new EventTarget(), b = new EventTarget();
a.addEventListener('x', () => queueMicrotask(() => b.dispatchEvent(new Event('x'))));
b.addEventListener('x', () => queueMicrotask(() => a.dispatchEvent(new Event('x'))));
a.dispatchEvent(new Event('x'));
await new Promise(() => {});
