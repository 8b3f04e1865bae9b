// status: ok
// timeout: 20s
// value: "after"
// why: console functions work without their object, and as callbacks
const { log, error } = console;
log('detached');
[1, 2].forEach(log);
new Promise((r) => r(1)).then(error);
Reflect.apply(log, null, ['x']);
'after';
