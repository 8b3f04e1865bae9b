// status: timeout
// code: wall_time_limit
// polls: no
// why: number and float parsing of megabytes of digits
const s = '0.' + '1'.repeat(2e6) + 'e-5';
for (;;) { Number(s); parseFloat(s); parseInt(s.slice(2), 36); }
