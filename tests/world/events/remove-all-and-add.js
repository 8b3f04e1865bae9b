// ours: Node calls it in the same dispatch; here a listener that is taken away and put back during a dispatch waits for the next one
const target = new EventTarget();
const b = () => console.log('b');
target.addEventListener('x', () => { console.log('a'); target.removeEventListener('x', b); target.addEventListener('x', b); });
target.addEventListener('x', b);
target.addEventListener('x', () => console.log('c'));
target.dispatchEvent(new Event('x'));
console.log('again');
target.dispatchEvent(new Event('x'));
void 0;
