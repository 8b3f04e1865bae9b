let n = 0;
const id = setInterval(() => { n++; Promise.resolve().then(() => clearInterval(id)); }, 1);
setTimeout(() => console.log(n), 30);
void 0;
