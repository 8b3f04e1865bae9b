// status: error
// timeout: 20s
// code: uncaught_error
// error: SyntaxError: missing formal parameter
// why: the parser meets functions in functions
eval('(function f(){return '.repeat(20000) + '1' + '})()'.repeat(20000));
