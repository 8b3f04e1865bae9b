// status: limit
// timeout: 20s
// code: stack_limit
// why: JSON.parse of a hundred thousand opening brackets
JSON.parse('['.repeat(1e5));
