// ours: the guest replaces all methods of arrays, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Array.prototype);
await run();
value;
