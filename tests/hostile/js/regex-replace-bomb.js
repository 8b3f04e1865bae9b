// status: timeout|limit|error
// code: wall_time_limit|memory_limit|uncaught_error
// why: each replacement of a text is larger than the text: it doubles for ever
let s = 'x';
for (;;) s = s.replace(/x/g, "$`$'$&x$&");
