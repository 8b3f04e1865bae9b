// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: end
// tools: never
// why: a run may end with an error while calls are pending
for (let i = 0; i < 100; i++) tools.never({ i });
throw new Error('end');
