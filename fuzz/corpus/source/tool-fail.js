// status: ok
// timeout: 20s
// value: ["ToolFailure","no",true]
// tools: fail
// why: the error of a tool crosses with its name and message, as an Error of the guest
const e = await tools.fail({}).catch((x) => x);
[e.name, e.message, e instanceof Error];
