// status: ok|timeout
// timeout: 1s
// why: inspect.custom calls the inspect function that it is given on itself, with ever more depth
const custom = Symbol.for('nodejs.util.inspect.custom');
const o = { [custom](depth, options, inspect) { return 'x' + inspect(o, { ...options, depth: Infinity }) + inspect([o], options); } };
try { console.log(o); } catch {}
'after';
