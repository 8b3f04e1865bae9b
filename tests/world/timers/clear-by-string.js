let n = 0;
const id = setTimeout(() => { n++; }, 5);
clearTimeout(String(+id));
setTimeout(() => console.log(n), 20);
void 0;
