// status: timeout
// code: wall_time_limit
// why: a reviver that never answers
JSON.parse('[1]', function () { for (;;); });
