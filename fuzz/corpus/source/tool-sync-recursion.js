// status: ok
// timeout: 20s
// value: "RangeError"
// tools: sync_echo
// why: blocking calls nested through getters until the stack is used up
const f = () => tools.sync_echo({ get x() { return f(); } });
let r;
try { f(); } catch (e) { r = e.name; }
r;
