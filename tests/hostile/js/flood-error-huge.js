// status: error
// code: uncaught_error
// error: AggregateError: level 1999
// timeout: 20s
// memory: 128MiB
// why: an error with megabytes of message, stack, name and causes
let e = new Error('m'.repeat(4 << 20));
e.name = 'n'.repeat(4 << 20);
e.stack = 's'.repeat(4 << 20);
for (let i = 0; i < 2000; i++) e = new AggregateError([e], 'level ' + i, { cause: e });
throw e;
