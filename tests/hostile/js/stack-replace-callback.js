// status: limit
// timeout: 20s
// code: stack_limit
// why: a replacement callback that replaces
const f = () => 'a'.replace(/a/, f);
f();
