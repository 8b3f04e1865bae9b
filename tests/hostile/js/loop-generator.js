// status: timeout
// code: wall_time_limit
// why: an endless generator under for-of
function* forever() { for (;;) yield 1; }
for (const x of forever());
