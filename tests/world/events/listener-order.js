const target = new EventTarget();
for (const x of [1, 2, 3]) target.addEventListener('x', () => console.log(x));
target.addEventListener('y', () => console.log('y'));
target.dispatchEvent(new Event('x'));
void 0;
