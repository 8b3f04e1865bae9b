// the same function is one listener for a type and a phase
const target = new EventTarget();
let n = 0;
const f = () => { n++; };
target.addEventListener('x', f);
target.addEventListener('x', f);
target.addEventListener('x', f, {once: true});
target.addEventListener('x', f, false);
target.dispatchEvent(new Event('x'));
console.log(n);
target.addEventListener('x', f, true);
target.addEventListener('x', f, {capture: true, passive: true});
target.dispatchEvent(new Event('x'));
console.log(n);
