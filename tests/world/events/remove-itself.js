const target = new EventTarget();
const f = () => { console.log('f'); target.removeEventListener('x', f); };
target.addEventListener('x', f);
target.addEventListener('x', () => console.log('g'));
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
void 0;
