// status: limit
// timeout: 20s
// code: memory_limit
// why: a getter of the value runs out of memory
({ get a() { return new ArrayBuffer(1 << 30); } });
