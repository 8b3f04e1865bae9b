// callbacks of queueMicrotask and of promises share one queue
Promise.resolve().then(() => console.log(1));
queueMicrotask(() => console.log(2));
Promise.resolve().then(() => console.log(3));
queueMicrotask(async () => { console.log(4); await null; console.log(6); });
queueMicrotask(() => console.log(5));
void 0;
