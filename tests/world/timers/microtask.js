console.log(queueMicrotask(() => console.log('2')), queueMicrotask.length);
queueMicrotask(() => { console.log('3'); queueMicrotask(() => console.log('5')); });
Promise.resolve().then(() => console.log('4'));
console.log('1');
