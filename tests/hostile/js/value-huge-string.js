// status: limit
// timeout: 20s
// code: value_limit
// why: a string above the limit
'x'.repeat(2 << 20);
