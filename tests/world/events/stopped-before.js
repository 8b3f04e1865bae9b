// ours: an event that was stopped before its dispatch calls nobody, and can be dispatched again after it
const target = new EventTarget();
target.addEventListener('x', () => console.log('called'));
const e = new Event('x');
e.stopPropagation();
console.log(target.dispatchEvent(e), e.cancelBubble);
target.dispatchEvent(e);
void 0;
