// status: limit
// timeout: 20s
// code: stack_limit
// why: a comparator that sorts
const f = () => [2, 1].sort(f);
f();
