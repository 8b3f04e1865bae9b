// status: ok
// timeout: 20s
// value: [true,"unknown_tool",true]
// tools: echo
// why: a tool that is not there rejects, and does not throw; the message names it
const p = tools.ecko({});
const e = await p.catch((x) => x);
[p instanceof Promise, e.code, e.message.includes('ecko')];
