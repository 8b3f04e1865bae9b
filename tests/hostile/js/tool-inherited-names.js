// status: ok
// timeout: 20s
// value: ["refused","refused","refused"]
// tools: echo
// why: names that every object inherits are no tools
await Promise.all(['constructor', '__proto__', '__defineGetter__'].map(async (n) => {
  if (typeof tools[n] !== 'function') return 'refused';
  try { await tools[n]('x', () => 1); } catch (e) { return e.code === 'unknown_tool' ? 'refused' : e.name; }
  return 'called';
}));
