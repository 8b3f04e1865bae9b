// ---- the world: what the parts before have put into `globals` becomes global; the last part

const names = ownKeys(globals);
for (let i = 0; i < names.length; i++) put(globalThis, names[i], globals[names[i]]);
// Shared memory and waiting on it have no use in a cell of one thread.
deleteProperty(globalThis, 'SharedArrayBuffer');
deleteProperty(globalThis, 'Atomics');

return [giveValue, giveError, makeError, fireTimer, addTool, setContext, typeof compile === 'function' ? compile : undefined,
  typeof complete === 'function' ? complete : undefined];
})
