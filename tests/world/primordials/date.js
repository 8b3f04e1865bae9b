// ours: the guest replaces Date.now and the methods of dates, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Date);
replace(Date.prototype);
globalThis.Date = null;
await run();
value;
