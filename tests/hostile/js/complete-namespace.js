// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: space.
// names: []
// why: a binding whose initialiser has thrown
try { (0, eval)('throw 1; let space'); } catch {}
'ready';
