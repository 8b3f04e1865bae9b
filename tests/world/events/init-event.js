// ours: initEvent of the DOM standard; Node resets less
const e = new Event('x', {cancelable: true});
e.preventDefault();
e.initEvent('y', true, false);
console.log(e.type, e.bubbles, e.cancelable, e.defaultPrevented);
const target = new EventTarget();
target.addEventListener('y', (event) => { event.initEvent('z'); console.log(event.type); });
target.dispatchEvent(e);
try { e.initEvent(); } catch (x) { console.log(x.name); }
