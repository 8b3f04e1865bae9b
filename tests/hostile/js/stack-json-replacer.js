// status: limit
// timeout: 20s
// code: stack_limit
// stack: 64KiB
// why: a replacer that answers a new object for every object
JSON.stringify({}, () => ({ a: 1 }));
