// ours: the guest replaces WeakMap, WeakSet, WeakRef, FinalizationRegistry, and harms only itself
const {run, value, replace} = await import('scenario');
for (const C of [WeakMap, WeakSet, WeakRef, FinalizationRegistry]) replace(C.prototype);
await run();
value;
