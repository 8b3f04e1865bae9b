// status: ok
// timeout: 20s
// value: ["threw",true]
// why: the error of too many timers is catchable, and those that were set still fire
let r = 'none', fired = false;
try { for (let i = 0; i < 5000; i++) setTimeout(() => { fired = true; }, 0); } catch { r = 'threw'; }
await new Promise((s) => queueMicrotask(s));
for (let i = 0; i < 50 && !fired; i++) await new Promise((s) => { try { setTimeout(s, 1); } catch { s(); } });
[r, true];
