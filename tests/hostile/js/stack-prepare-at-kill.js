// status: timeout
// code: wall_time_limit
// why: the error that stops a run has a stack, too: nothing of the guest's may run for it
let n = 0;
Error.prepareStackTrace = (e, frames) => { n++; console.log(String(e)); for (;;) new Error('again').stack; };
for (;;);
