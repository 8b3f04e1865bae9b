// status: timeout
// code: wall_time_limit
// why: n optional atoms followed by n required ones
const n = 60;
new RegExp('^' + 'a?'.repeat(n) + 'a'.repeat(n) + 'b').test('a'.repeat(2 * n));
