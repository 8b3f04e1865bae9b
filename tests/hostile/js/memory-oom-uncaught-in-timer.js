// status: limit
// timeout: 20s
// code: memory_limit
// why: out of memory thrown by the callback of a timer, through a promise
await new Promise((resolve, reject) => setTimeout(() => { try { new ArrayBuffer(2 ** 28); } catch (e) { reject(e); } }, 1));
