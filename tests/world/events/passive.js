// ours: a passive listener cannot cancel, as the DOM standard says; Node takes the option and ignores it
const target = new EventTarget();
target.addEventListener('x', (e) => { e.preventDefault(); console.log(e.defaultPrevented); }, {passive: true});
target.addEventListener('x', (e) => { console.log(e.defaultPrevented); e.preventDefault(); console.log(e.defaultPrevented); });
console.log(target.dispatchEvent(new Event('x', {cancelable: true})));
