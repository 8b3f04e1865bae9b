// it stops no other listener of the same target
const target = new EventTarget();
target.addEventListener('x', (e) => { e.stopPropagation(); console.log(1, e.cancelBubble); });
target.addEventListener('x', (e) => console.log(2, e.cancelBubble));
target.dispatchEvent(new Event('x'));
void 0;
