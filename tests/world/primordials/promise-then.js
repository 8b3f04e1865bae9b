// ours: the guest replaces then, catch and finally, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Promise.prototype);
await run();
value;
