// status: limit
// code: stack_limit
// why: eval that evaluates itself
const s = 'eval(s)';
eval(s);
