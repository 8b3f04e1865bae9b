// ours: the guest replaces methods of Set, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Set.prototype);
replace(Set);
await run();
value;
