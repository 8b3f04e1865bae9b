// status: ok
// timeout: 20s
// value: true
// why: callers of a callback must not be reachable from it
let seen = [];
function probe() { try { seen.push(probe.caller, arguments.callee.caller); } catch {} return 0; }
[2, 1].sort(probe);
queueMicrotask(probe);
await null;
seen.every((x) => x === null || x === undefined);
