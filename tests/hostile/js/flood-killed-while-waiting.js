// status: timeout
// code: wall_time_limit
// again: 20
// tools: never
// timeout: 20ms
// why: runs of a session that are killed while their calls are open
before.length = 0;
for (let i = 0; i < 50; i++) tools.never(i).catch(() => {});
setInterval(() => console.log('tick'), 1);
await new Promise(() => {});
