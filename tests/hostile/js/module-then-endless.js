// status: error|timeout
// code: deadlock|wall_time_limit
// why: a module whose then never answers
// module: t.js=export function then() {}
await import('t.js');
