// ours: the guest replaces call, apply, bind and toString of functions, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Function.prototype);
await run();
value;
