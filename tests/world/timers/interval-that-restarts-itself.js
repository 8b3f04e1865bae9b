let n = 0;
function tick() { console.log('tick', ++n); clearInterval(id); if (n < 3) id = setInterval(tick, 1); }
let id = setInterval(tick, 1);
void 0;
