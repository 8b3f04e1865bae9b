// status: timeout
// code: wall_time_limit
// why: busy waiting for a moment that never comes, through the host's clock
while (performance.now() < Infinity);
