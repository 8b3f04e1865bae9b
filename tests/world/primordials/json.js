// ours: the guest replaces JSON.stringify and JSON.parse, and harms only itself
const {run, value, replace} = await import('scenario');
replace(JSON);
await run();
value;
