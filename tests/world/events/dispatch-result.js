const target = new EventTarget();
target.addEventListener('x', (e) => e.preventDefault());
target.addEventListener('y', () => false);
console.log(target.dispatchEvent(new Event('x')), target.dispatchEvent(new Event('x', {cancelable: true})), target.dispatchEvent(new Event('y', {cancelable: true})));
