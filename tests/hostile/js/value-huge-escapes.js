// status: limit
// code: value_limit
// timeout: 1s
// why: a string below the limit whose JSON text is above it
'\0'.repeat(300000);
