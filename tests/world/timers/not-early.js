const start = Date.now();
setTimeout(() => console.log(Date.now() - start >= 29), 30);
let last = Date.now(), n = 0, fine = true;
const id = setInterval(() => {
  const now = Date.now();
  if (now - last < 9) fine = false;
  last = now;
  if (++n === 4) { clearInterval(id); console.log(fine); }
}, 10);
void 0;
