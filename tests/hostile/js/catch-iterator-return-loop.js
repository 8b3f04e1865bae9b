// status: timeout
// code: wall_time_limit
// why: the return method of an iterator, called by break, never answers
for (const x of { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { for (;;); } }) }) break;
