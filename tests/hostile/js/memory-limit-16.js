// status: ok
// timeout: 20s
// value: ["InternalError",4194304]
// memory: 16MiB
// why: the limit holds for the mapping: 16 MiB do not fit in 16 MiB, 4 MiB do
let r;
try { new ArrayBuffer(16 << 20); } catch (e) { r = e.name; }
[r, new ArrayBuffer(4 << 20).byteLength];
