// status: error
// timeout: 20s
// code: uncaught_error
// error: ToolFailure: no
// tools: fail
// why: the error of a tool, not caught
await tools.fail({});
