// status: timeout
// code: wall_time_limit
// why: long names are hashed into the table of atoms
const s = 'x'.repeat(1 << 20);
for (let i = 0; ; i = (i + 1) % 4) ({})[s + i];
