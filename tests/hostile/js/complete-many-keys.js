// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: huge.
// why: more keys than the memory holds twice
const huge = {};
try { for (let i = 0; i < 400000; i++) huge['key' + i] = i; } catch {}
'ready';
