// ours: the guest replaces the methods of the console, and harms only itself
const {run, value, replace} = await import('scenario');
replace(console);
await run();
value;
