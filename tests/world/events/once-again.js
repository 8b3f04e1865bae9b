// a listener of once is gone before it is called
const target = new EventTarget();
let n = 0;
target.addEventListener('x', function f() {
  if (++n < 3) { target.addEventListener('x', f, {once: true}); target.dispatchEvent(new Event('x')); }
  console.log(n);
}, {once: true});
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
void 0;
