// ours: the guest replaces JSON.stringify that answers something else, and harms only itself
const {run, value} = await import('scenario');
JSON.stringify = () => '"forged"';
JSON.parse = () => ({forged: true});
JSON[Symbol.toStringTag] = 'forged';
await run();
value;
