// status: timeout
// code: wall_time_limit
// why: tables of a hundred thousand rows without end
const rows = Array.from({ length: 100000 }, (_, i) => ({ a: i, b: 'x' }));
for (;;) console.table(rows);
