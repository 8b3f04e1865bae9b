// status: limit
// timeout: 20s
// code: stack_limit
// why: the parser meets classes in their own fields
eval('(class{x='.repeat(20000) + '1' + '})'.repeat(20000));
