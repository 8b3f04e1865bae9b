// status: timeout
// code: wall_time_limit
// why: the defineProperty trap is reached by an ordinary assignment to a receiver
Reflect.set({}, 'a', 1, new Proxy({}, { defineProperty() { for (;;); } }));
