const target = new EventTarget();
console.log(target.addEventListener('x', () => {}), target.removeEventListener('x', () => {}));
console.log(target.addEventListener('x', null), target.removeEventListener('x', null));
console.log(target.dispatchEvent(new Event('x')));
