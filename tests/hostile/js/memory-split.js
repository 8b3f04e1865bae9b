// status: limit
// code: memory_limit
// timeout: 20s
// why: one call that makes an element of each of 30 million characters
'a'.repeat(30 << 20).split('').length;
