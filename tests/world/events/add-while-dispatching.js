// ours: listeners that are added during a dispatch wait for the next one, as the DOM standard says; Node calls them
const target = new EventTarget();
let n = 0;
target.addEventListener('x', () => { console.log('first'); const i = ++n; target.addEventListener('x', () => console.log('added', i)); });
target.addEventListener('x', () => console.log('second'));
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
void 0;
