// the fraction of a delay does not count: these two are due together
let out = '';
setTimeout(() => { out += 'a'; }, 20.9);
setTimeout(() => { out += 'b'; }, 20);
setTimeout(() => { out += 'c'; }, 20.5);
setTimeout(() => console.log(out), 60);
void 0;
