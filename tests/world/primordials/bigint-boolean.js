// ours: the guest replaces methods of BigInt and Boolean, and harms only itself
const {run, value, replace} = await import('scenario');
for (const C of [BigInt, Boolean]) { replace(C); replace(C.prototype); }
await run();
value;
