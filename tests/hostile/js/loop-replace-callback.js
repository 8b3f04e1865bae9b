// status: timeout
// code: wall_time_limit
// why: the callback of replaceAll never answers
'aaa'.replaceAll('a', () => { for (;;); });
