// ours: the limit of pending timers; a script can catch what says so
let n = 0;
try { for (;;) { setTimeout(() => {}, 1); n++; } } catch (e) { console.log(n, e.name, e.code, e.message); }
