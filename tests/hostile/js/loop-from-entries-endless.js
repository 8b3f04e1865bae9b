// status: timeout
// code: wall_time_limit
// why: Object.fromEntries drinks from an endless iterator of one entry
function* forever() { for (;;) yield ['k', 1]; }
Object.fromEntries(forever());
