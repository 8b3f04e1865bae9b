// status: limit
// timeout: 20s
// code: stack_limit
// why: the parser meets a chain of new
eval('new '.repeat(1e5) + 'Object');
