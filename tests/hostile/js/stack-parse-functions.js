// status: limit
// code: stack_limit
// why: the parser meets functions in functions
eval('(function(){return '.repeat(20000) + '1' + '})()'.repeat(20000));
