// ours: an event that is under way is an InvalidStateError; Node has an error of its own
const target = new EventTarget();
let n = 0;
target.addEventListener('x', (e) => {
  try { target.dispatchEvent(e); } catch (x) { console.log(x.name, x.code, x instanceof DOMException); }
  if (++n < 4) target.dispatchEvent(new Event('x'));
  else console.log(n);
});
target.dispatchEvent(new Event('x'));
void 0;
