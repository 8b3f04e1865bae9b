// status: ok
// timeout: 20s
// value: {"a":1}
// tools: echo
// why: JSON is replaced by functions that forge
JSON.stringify = () => '"forged"';
JSON.parse = () => 'forged';
console.log({ a: 1 });
await tools.echo({ a: 1 });
