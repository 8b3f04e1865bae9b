// status: timeout
// code: wall_time_limit
// why: yield* over an iterator whose next never says done
const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) };
function* g() { yield* it; }
for (const x of g());
