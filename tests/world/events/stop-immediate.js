// ours: the flag is gone after the dispatch, as the DOM standard says; Node keeps it
const target = new EventTarget();
target.addEventListener('x', (e) => { console.log(1); e.stopImmediatePropagation(); });
target.addEventListener('x', () => console.log('never'));
const e = new Event('x');
target.dispatchEvent(e);
target.dispatchEvent(e);
const f = new Event('x');
f.stopImmediatePropagation();
console.log(f.cancelBubble);
