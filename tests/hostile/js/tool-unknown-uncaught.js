// status: error
// timeout: 20s
// code: uncaught_error
// tools: echo
// why: the rejection of an unknown tool, not caught
await tools.exec({ cmd: 'id' });
