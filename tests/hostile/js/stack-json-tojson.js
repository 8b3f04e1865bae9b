// status: limit
// timeout: 20s
// code: stack_limit
// why: toJSON that stringifies itself
JSON.stringify({ toJSON() { return JSON.stringify(this); } });
