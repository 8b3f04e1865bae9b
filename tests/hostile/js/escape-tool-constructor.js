// status: ok
// timeout: 20s
// value: [true,true]
// tools: echo
// why: functions and promises of the bootstrap have no other realm's constructor
const p = tools.echo(1);
[tools.echo.constructor === Function, Object.getPrototypeOf(p) === Promise.prototype];
