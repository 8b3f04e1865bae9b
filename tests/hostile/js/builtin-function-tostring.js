// status: timeout
// code: wall_time_limit
// why: the text of a function with a huge source is copied again and again
const f = new Function('/*' + 'x'.repeat(2 << 20) + '*/');
for (;;) f.toString().length;
