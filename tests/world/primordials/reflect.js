// ours: the guest replaces the functions of Reflect, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Reflect);
await run();
value;
