// ours: the guest replaces the functions of Math, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Math);
Math.floor = () => NaN;
await run();
value;
