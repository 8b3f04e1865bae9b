// status: ok
// timeout: 20s
// value: [true,"from getter"]
// tools: echo
// why: a getter of the argument throws: the promise rejects, the call does not throw
const p = tools.echo({ get a() { throw new Error('from getter'); } });
[p instanceof Promise, await p.catch((e) => e.message)];
