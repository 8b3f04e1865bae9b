// status: limit
// timeout: 20s
// code: stack_limit
// why: the parser meets deep blocks
eval('{'.repeat(1e5) + '}'.repeat(1e5));
