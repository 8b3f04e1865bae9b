// status: ok
// timeout: 20s
// value: {"a":[true,null]}
// tools: echo
// why: the globals a bootstrap may look up by name are deleted
for (const k of ['JSON', 'Promise', 'Object', 'Array', 'Error', 'Map', 'Set', 'WeakMap', 'Symbol', 'Reflect', 'Proxy', 'Function', 'String',
  'Number', 'TypeError']) delete globalThis[k];
console.log('still', 'here');
await tools.echo({ a: [true, null] });
