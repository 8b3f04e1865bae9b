// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: parts without an end
new Blob({ * [Symbol.iterator]() { for (;;) yield 'x'.repeat(1000); } });
