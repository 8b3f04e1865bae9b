// status: timeout
// code: wall_time_limit
// why: a thousand intervals of a millisecond, each of which makes garbage
for (let i = 0; i < 1000; i++) setInterval(() => new Array(100).fill(i), 1);
await new Promise(() => {});
