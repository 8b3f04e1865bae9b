// status: limit
// timeout: 20s
// code: stack_limit
// why: the parser meets curried arrow functions
eval('x=>'.repeat(1e5) + '1');
