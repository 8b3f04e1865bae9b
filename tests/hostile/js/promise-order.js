// status: ok
// timeout: 20s
// value: "sync,micro1,micro2,timer"
// why: jobs run before timers, whatever the order in which they were asked for
const log = [];
setTimeout(() => log.push('timer'), 0);
queueMicrotask(() => { log.push('micro1'); queueMicrotask(() => log.push('micro2')); });
log.push('sync');
await new Promise((r) => setTimeout(r, 5));
log.join();
