// ours: each option is read once, in the order of Web IDL
const target = new EventTarget(), options = {};
for (const key of ['passive', 'once', 'signal', 'capture']) Object.defineProperty(options, key, {get() { console.log(key); return undefined; }});
target.addEventListener('x', () => {}, options);
target.removeEventListener('x', () => {}, options);
for (const x of [0, 1, '', 'x', null, undefined, true]) {
  const t = new EventTarget(), f = () => console.log('called');
  t.addEventListener('x', f, x);
  t.removeEventListener('x', f, !!x);
  t.dispatchEvent(new Event('x'));
}
