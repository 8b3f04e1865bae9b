// status: timeout
// code: wall_time_limit
// why: Symbol.hasInstance never answers
({}) instanceof { [Symbol.hasInstance]() { for (;;); } };
