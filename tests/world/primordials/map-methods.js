// ours: the guest replaces methods of Map, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Map.prototype);
replace(Map);
await run();
value;
