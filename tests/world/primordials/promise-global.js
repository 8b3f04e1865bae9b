// ours: the guest replaces the global Promise, and harms only itself
const {run, value} = await import('scenario');
globalThis.Promise = class { constructor() { throw 'Promise'; } static resolve() { throw 'resolve'; } };
await run();
value;
