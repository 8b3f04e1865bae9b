// status: limit
// code: memory_limit
// timeout: 20s
// why: fill of the longest array
new Array(2 ** 32 - 1).fill(0);
