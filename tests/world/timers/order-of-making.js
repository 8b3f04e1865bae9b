// timers of the same time fire in the order in which they were made
let out = '';
for (let i = 0; i < 20; i++) setTimeout(() => { out += i + ' '; }, 5);
setTimeout(() => console.log(out), 30);
void 0;
