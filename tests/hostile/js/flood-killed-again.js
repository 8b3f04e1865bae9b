// status: timeout
// code: wall_time_limit
// again: 60
// timeout: 10ms
// why: sixty runs of a session, each killed; the session must be as before after each
globalThis.count = (globalThis.count ?? 0) + 1;
before[1] = count;
for (;;) before.push(new Array(100).fill(count));
