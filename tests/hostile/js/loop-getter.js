// status: timeout
// code: wall_time_limit
// why: an endless getter read through destructuring
const { x } = { get x() { for (;;); } };
