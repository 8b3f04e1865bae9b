// status: ok
// timeout: 20s
// value: {"a":{"b":1}}
// tools: echo
// why: the statics of Object and Reflect are replaced
const all = [Object, Reflect].map((O) => [O, Object.getOwnPropertyNames(O)]);
for (const [O, names] of all) for (const k of names) if (k !== 'prototype' && typeof O[k] === 'function') O[k] = () => { throw new Error('tampered ' + k); };
console.log({ a: 1 }, [2]);
await tools.echo({ a: { b: 1 } });
