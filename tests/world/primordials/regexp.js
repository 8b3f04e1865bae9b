// ours: the guest replaces exec, test and the getters of regular expressions, and harms only itself
const {run, value, replace} = await import('scenario');
replace(RegExp.prototype);
replace(RegExp);
await run();
value;
