// status: timeout
// code: wall_time_limit
// why: output from an interval while the run waits for ever
setInterval(() => { for (let i = 0; i < 50; i++) console.log('tick', i); }, 0);
await new Promise(() => {});
