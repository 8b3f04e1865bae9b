// ours: a timer that has fired makes room before its callback runs
let fired = 0;
const last = () => { setTimeout(() => console.log('room for one more, after', fired), 1); };
for (let i = 0; i < 1000; i++) setTimeout(() => { fired++; if (i === 999) last(); }, 1);
try { setTimeout(() => {}, 1); } catch (e) { console.log(e.code); }
