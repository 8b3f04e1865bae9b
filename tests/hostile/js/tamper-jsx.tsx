// status: ok
// timeout: 20s
// value: ["mine",["object","undefined"]]
// why: the functions that compiled code calls are replaced and taken away, which harms the guest alone
const first = typeof (<a b={1} />);
globalThis.__jsx = () => 'mine';
const mine = <a b={1} />;
delete (globalThis as any).__jsx;
let gone = 'undefined';
try { gone = typeof (<a />); } catch {}
return [mine, [first, gone]];
