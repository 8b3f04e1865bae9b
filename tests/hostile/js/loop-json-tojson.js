// status: timeout
// code: wall_time_limit
// why: toJSON that never answers
JSON.stringify([{ toJSON() { for (;;); } }]);
