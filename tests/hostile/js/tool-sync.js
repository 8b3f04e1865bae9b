// status: ok
// timeout: 20s
// value: [{"a":1},[1,2,3]]
// tools: sync_echo
// why: a tool that blocks, also under a native frame
[tools.sync_echo({ a: 1 }), [3, 1, 2].sort((x, y) => tools.sync_echo({ d: x - y }).d)];
