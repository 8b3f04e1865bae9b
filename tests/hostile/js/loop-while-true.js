// status: timeout
// code: wall_time_limit
// timeout: 150ms
// why: the plainest endless loop
while (true);
