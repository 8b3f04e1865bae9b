// ours: the guest replaces push, pop and their kin, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Array.prototype, ['push', 'pop', 'shift', 'unshift', 'splice', 'length']);
await run();
value;
