// status: ok
// timeout: 20s
// value: "after"
// why: arguments that print more while they are printed, ten deep
const custom = Symbol.for('nodejs.util.inspect.custom');
const make = (n) => ({ [custom]() { if (n > 0) { console.log(make(n - 1)); console.group(make(n - 1)); console.groupEnd(); } return 'n' + n; } });
console.log(make(10));
'after';
