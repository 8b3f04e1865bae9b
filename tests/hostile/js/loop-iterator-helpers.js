// status: timeout
// code: wall_time_limit
// why: drop(Infinity) and filter over an endless iterator, inside built-ins alone
const one = { value: 1, done: false };
Iterator.from({ next: () => one }).filter(() => false).drop(Infinity).next();
