// status: timeout
// code: wall_time_limit
// why: the return method of an iterator is called because the loop body threw
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { for (;;); } }) };
new Map(it);
