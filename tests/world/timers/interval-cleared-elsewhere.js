let n = 0;
const id = setInterval(() => { n++; }, 5);
setTimeout(() => { clearInterval(id); const then = n; setTimeout(() => console.log(n > 0, n === then), 30); }, 30);
void 0;
