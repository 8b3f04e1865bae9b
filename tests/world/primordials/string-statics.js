// ours: the guest replaces String.fromCharCode and its kin, and the global, and harms only itself
const {run, value, replace} = await import('scenario');
replace(String);
globalThis.String = function () { throw 'String'; };
await run();
value;
