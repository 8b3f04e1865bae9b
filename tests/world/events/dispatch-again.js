const a = new EventTarget(), b = new EventTarget(), e = new Event('x', {cancelable: true});
a.addEventListener('x', (event) => { console.log('a', event.target === a); event.preventDefault(); });
b.addEventListener('x', (event) => console.log('b', event.target === b, event.defaultPrevented));
console.log(a.dispatchEvent(e), b.dispatchEvent(e));
