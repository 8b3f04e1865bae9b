// ours: the guest replaces Promise.resolve, all, race and their kin, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Promise);
await run();
value;
