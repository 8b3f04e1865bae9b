// status: limit
// timeout: 20s
// code: stack_limit
// why: the parser meets templates in templates
eval('`${'.repeat(1e5) + '1' + '}`'.repeat(1e5));
