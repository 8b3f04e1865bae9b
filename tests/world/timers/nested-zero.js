let depth = 0, others = 0;
function down() { if (++depth < 30) setTimeout(down, 0); else console.log(depth, others); }
for (let i = 0; i < 5; i++) setTimeout(() => { others++; }, 0);
down();
