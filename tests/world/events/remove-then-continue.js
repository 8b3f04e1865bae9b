// the listener that is being called and all around it are removed; the walk finds the rest
const target = new EventTarget(), fs = [];
for (let i = 0; i < 10; i++) {
  fs.push(() => { console.log(i); if (i === 4) for (const j of [3, 4, 5, 6, 8]) target.removeEventListener('x', fs[j]); });
  target.addEventListener('x', fs[i]);
}
target.dispatchEvent(new Event('x'));
console.log('again');
target.dispatchEvent(new Event('x'));
void 0;
