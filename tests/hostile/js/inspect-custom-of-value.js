// status: timeout
// code: wall_time_limit
// why: the representation of the run's value never comes to an end
({ a: 1, [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } });
