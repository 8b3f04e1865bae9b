// status: ok
// timeout: 20s
// value: 20001
// why: a long chain of operators that bind to the left needs no stack
eval('1+'.repeat(20000) + '1');
