// status: limit
// timeout: 20s
// code: stack_limit
// why: finally runs a built-in at each level while the overflow unwinds
function f() { try { f(); } finally { [1, 2].map(String); } }
f();
