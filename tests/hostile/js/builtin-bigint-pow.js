// status: timeout
// code: wall_time_limit
// why: powers just below the engine's largest number
for (;;) 3n ** 660000n;
