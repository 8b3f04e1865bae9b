setTimeout(() => console.log('timer'));
Promise.resolve().then(() => console.log('then 1')).then(() => console.log('then 2'));
queueMicrotask(() => { console.log('microtask 1'); queueMicrotask(() => console.log('microtask 2')); });
(async () => { console.log('async 1'); await null; console.log('async 2'); await null; console.log('async 3'); })();
console.log('script');
