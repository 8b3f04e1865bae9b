const e = new CustomEvent('x', {detail: {a: 1}, cancelable: true});
console.log(e.detail, e.cancelable, e.type, e instanceof Event, Object.prototype.toString.call(e));
console.log(new CustomEvent('x').detail, new CustomEvent('x', {}).detail, new CustomEvent('x', {detail: undefined}).detail);
console.log(new CustomEvent('x', {detail: 0}).detail, new CustomEvent('x', {detail: ''}).detail);
const target = new EventTarget();
target.addEventListener('x', ({detail}) => console.log(detail));
target.dispatchEvent(e);
try { Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail').get.call(new Event('x')); } catch (x) { console.log(x.name); }
