let out = '';
const a = setTimeout(() => { out += 'a'; }, 5), b = setTimeout(() => { out += 'b'; }, 5), c = setTimeout(() => { out += 'c'; }, 5);
clearTimeout(b);
clearTimeout(b);
setTimeout(() => console.log(out), 20);
void 0;
