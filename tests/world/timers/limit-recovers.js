// ours: what the limit refused leaves nothing behind, and cleared timers make room
const ids = [];
try { for (;;) ids.push(setTimeout(() => {}, 100)); } catch (e) { console.log(ids.length, e.code); }
for (const id of ids) clearTimeout(id);
let fired = 0;
for (let i = 0; i < 999; i++) setTimeout(() => { fired++; }, 1);
setTimeout(() => console.log(fired), 1);
try { setTimeout(() => {}, 1); } catch (e) { console.log(e.code); }
