// status: timeout
// code: wall_time_limit
// tools: echo, never
// timeout: 400ms
// limits: timers=100000
// why: timers and calls that wake the run all the time, until it is killed
for (let i = 0; i < 2000; i++) setInterval(() => tools.echo(i).catch(() => {}), i % 3);
await tools.never();
