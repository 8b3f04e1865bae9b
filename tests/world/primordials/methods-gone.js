// ours: the named methods of all built-in prototypes are deleted
const {run, value} = await import('scenario');
const gone = [];
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const C = globalThis[name];
  if (typeof C === 'function' && C.prototype) gone.push(C.prototype);
}
gone.push(Object.getPrototypeOf(Uint8Array.prototype), Object.getPrototypeOf([].values()), Iterator.prototype);
const {ownKeys} = Reflect;
for (let i = 0; i < gone.length; i++) {
  const keys = ownKeys(gone[i]);
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    if (key !== 'constructor' && typeof key === 'string') delete gone[i][key];
  }
}
await run();
value;
