// more than the limit of pending timers in all, never more than one at once
let n = 0;
for (let i = 0; i < 5000; i++) clearTimeout(setTimeout(() => { n++; }, 1000));
console.log(n);
