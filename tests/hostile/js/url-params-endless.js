// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: pairs out of an iterator that has no end
new URLSearchParams({ * [Symbol.iterator]() { for (;;) yield ['a', 'b']; } });
