// status: ok|timeout
// timeout: 1s
// why: inspect.custom gives an object that has an inspect.custom of its own, for ever
const custom = Symbol.for('nodejs.util.inspect.custom');
const make = () => ({ [custom]: () => make() });
try { console.log(make()); } catch {}
'after';
