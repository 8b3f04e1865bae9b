// status: error
// code: uncaught_error
// tools: fail
// timeout: 20s
// error: ToolFailure: no
// why: five hundred calls that fail and that nobody awaits
for (let i = 0; i < 500; i++) tools.fail({ i });
await new Promise((r) => setTimeout(r, 20));
1;
