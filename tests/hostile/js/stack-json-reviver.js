// status: limit
// timeout: 20s
// code: stack_limit
// why: a reviver that hangs its holder's text deeper each time
JSON.parse('[1, 2]', function (k, v) { if (k === '0') this[1] = [1, 2]; return v; });
