// ours: the guest replaces how stacks are made, and harms only itself
const {run, value} = await import('scenario');
Error.prepareStackTrace = () => { throw 'prepareStackTrace'; };
Error.stackTraceLimit = 0;
await run();
value;
