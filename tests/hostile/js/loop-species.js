// status: timeout
// code: wall_time_limit
// why: the species constructor that map asks for never answers
const a = [1, 2];
a.constructor = { get [Symbol.species]() { for (;;); } };
a.map((x) => x);
