// ours: every global is deleted
const {run, value} = await import('scenario');
const world = globalThis, {ownKeys, deleteProperty} = Reflect;
for (const key of ownKeys(world)) deleteProperty(world, key);
await run();
value;
