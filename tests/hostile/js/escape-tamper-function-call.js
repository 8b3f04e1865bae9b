// status: ok
// timeout: 20s
// value: {"x":[1]}
// tools: echo
// why: call, apply, bind and toString of functions are replaced
for (const k of ['call', 'apply', 'bind', 'toString']) Function.prototype[k] = () => { throw new Error('tampered ' + k); };
console.log('a', () => 1);
await tools.echo({ x: [1] });
