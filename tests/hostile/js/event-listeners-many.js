// status: ok
// timeout: 20s
// value: [2000,2000,2000,0]
// why: two thousand listeners are added, told, told again while each removes itself
const t = new EventTarget(), list = [];
let told = 0;
for (let i = 0; i < 2000; i++) { const f = () => { told++; }; list.push(f); t.addEventListener('a', f); }
t.dispatchEvent(new Event('a'));
const once = told;
for (const f of list) t.removeEventListener('a', f);
told = 0;
for (let i = 0; i < 2000; i++) t.addEventListener('b', () => { told++; }, { once: true });
t.dispatchEvent(new Event('b'));
const second = told;
t.dispatchEvent(new Event('b'));
[list.length, once, second, told - second];
