// clearTimeout stops an interval, clearInterval a timeout
let n = 0;
const i = setInterval(() => { n++; }, 2), t = setTimeout(() => { n += 100; }, 2);
clearTimeout(i);
clearInterval(t);
setTimeout(() => console.log(n), 20);
void 0;
