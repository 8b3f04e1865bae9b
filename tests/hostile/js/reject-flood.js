// status: error
// code: uncaught_error
// error: Error: r0
// timeout: 20s
// why: a hundred thousand rejections that nobody handles; the first one is the run's error
for (let i = 0; i < 100000; i++) Promise.reject(new Error('r' + i));
1;
