const target = new EventTarget();
const e = new Event('x');
target.addEventListener('x', function (event) {
  console.log(this === target, event === e, event.target === target, event.currentTarget === target, event.srcElement === target);
  console.log(event.eventPhase, event.composedPath().length, event.composedPath()[0] === target);
});
console.log(target.dispatchEvent(e));
console.log(e.target === target, e.currentTarget, e.eventPhase, e.composedPath());
console.log(target.dispatchEvent(new Event('nobody listens')), target.dispatchEvent(e));
