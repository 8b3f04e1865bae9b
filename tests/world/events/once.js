const target = new EventTarget();
target.addEventListener('x', () => console.log('once'), {once: true});
target.addEventListener('x', () => console.log('always'));
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
void 0;
