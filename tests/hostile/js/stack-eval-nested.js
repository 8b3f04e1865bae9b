// status: limit
// timeout: 20s
// code: stack_limit
// why: eval that evaluates itself
const s = 'eval(s)';
eval(s);
