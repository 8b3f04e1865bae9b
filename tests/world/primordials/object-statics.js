// ours: the guest replaces the functions of Object, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Object);
await run();
value;
