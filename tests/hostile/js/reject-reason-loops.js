// status: timeout
// code: wall_time_limit
// why: the reason of an unhandled rejection has a message that never comes
Promise.reject({ get message() { for (;;); } });
1;
