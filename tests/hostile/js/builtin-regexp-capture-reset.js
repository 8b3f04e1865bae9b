// status: timeout
// code: wall_time_limit
// why: two hundred captures are saved and reset at each step of a repetition
const re = new RegExp('^(?:' + '(a)|'.repeat(200) + 'b)*c');
for (;;) re.test('a'.repeat(1000));
