const target = new EventTarget();
const a = () => { console.log('a'); target.removeEventListener('x', b); target.removeEventListener('x', c); };
const b = () => console.log('b'), c = () => console.log('c'), d = () => console.log('d');
for (const f of [a, b, c, d]) target.addEventListener('x', f);
target.dispatchEvent(new Event('x'));
console.log('again');
target.addEventListener('x', b);
target.dispatchEvent(new Event('x'));
void 0;
