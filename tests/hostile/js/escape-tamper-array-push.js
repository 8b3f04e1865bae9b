// status: ok
// timeout: 20s
// value: {"log":1,"tool":{"a":[1,2]}}
// tools: echo
// why: Array.prototype.push and its kin are replaced by functions that throw
for (const k of ['push', 'pop', 'shift', 'map', 'forEach', 'join', 'slice', 'indexOf', 'concat', 'filter', 'reduce', 'includes', 'keys'])
  Array.prototype[k] = () => { throw new Error('tampered ' + k); };
console.log('a', [1], { b: 2 });
({ log: 1, tool: await tools.echo({ a: [1, 2] }) });
