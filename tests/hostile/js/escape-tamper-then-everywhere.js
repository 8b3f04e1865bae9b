// status: ok
// timeout: 20s
// value: {"x":1}
// tools: echo
// why: then on Object.prototype sees the results of tools pass, as the language says, but must not break the run
let passed = 0;
Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { passed++; return undefined; } });
const v = await tools.echo({ x: 1 });
delete Object.prototype.then;
v;
