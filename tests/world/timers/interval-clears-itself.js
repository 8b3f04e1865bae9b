let n = 0;
const id = setInterval(() => {
  console.log(++n);
  if (n === 3) { clearInterval(id); console.log('cleared'); clearInterval(id); }
}, 1);
setTimeout(() => console.log('end', n), 60);
void 0;
