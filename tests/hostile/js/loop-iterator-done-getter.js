// status: timeout
// code: wall_time_limit
// why: the done getter of an iterator result never answers
const [a] = { [Symbol.iterator]: () => ({ next: () => ({ get done() { for (;;); } }) }) };
