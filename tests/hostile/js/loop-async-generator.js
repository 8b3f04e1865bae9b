// status: timeout
// code: wall_time_limit
// why: for await over an endless async generator
async function* forever() { for (;;) yield 1; }
for await (const x of forever());
