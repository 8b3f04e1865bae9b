// status: ok
// timeout: 20s
// value: [{"a":1},"{\"b\":2}"]
// tools: sync_echo
// why: a blocking tool called while the argument of another is being walked, and under JSON.stringify
[tools.sync_echo({ get a() { return tools.sync_echo(1); } }), JSON.stringify({ toJSON: () => tools.sync_echo({ b: 2 }) })];
