const target = new EventTarget();
const listener = {name: 'o', handleEvent(e) { console.log(this === listener, e.type); }};
target.addEventListener('x', listener);
target.dispatchEvent(new Event('x'));
listener.handleEvent = function () { console.log('another', this.name); };
target.dispatchEvent(new Event('x'));
target.removeEventListener('x', listener);
target.dispatchEvent(new Event('x'));
class L { #count = 0; handleEvent() { console.log(++this.#count); } }
const l = new L();
target.addEventListener('y', l);
target.dispatchEvent(new Event('y'));
target.dispatchEvent(new Event('y'));
const f = () => console.log('a function is called itself');
f.handleEvent = () => console.log('never');
target.addEventListener('z', f);
target.dispatchEvent(new Event('z'));
void 0;
