// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: an argument, and a result, that look like promises
const v = await tools.echo({ then: 'not callable', catch: 1 });
v.then === 'not callable' ? 'done' : 'lost';
