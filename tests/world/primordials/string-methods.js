// ours: the guest replaces methods of strings, and harms only itself
const {run, value, replace} = await import('scenario');
replace(String.prototype);
await run();
value;
