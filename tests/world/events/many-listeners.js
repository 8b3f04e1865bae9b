const target = new EventTarget(), fs = [];
let n = 0;
for (let i = 0; i < 500; i++) { fs.push(() => { n += i; }); target.addEventListener('x', fs[i]); }
target.dispatchEvent(new Event('x'));
for (let i = 0; i < 500; i += 2) target.removeEventListener('x', fs[i]);
target.dispatchEvent(new Event('x'));
console.log(n);
