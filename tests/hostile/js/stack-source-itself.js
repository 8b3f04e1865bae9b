// status: limit
// timeout: 20s
// code: stack_limit
// why: the function constructor meets deep default values
new Function('a=' + '(a='.repeat(2e4) + '1' + ')'.repeat(2e4), '');
