// status: timeout
// code: wall_time_limit
// why: Error.prepareStackTrace never answers, and the error it was called for is the one that stops it
Error.prepareStackTrace = () => { for (;;); };
null.x;
