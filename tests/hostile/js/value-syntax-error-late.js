// status: error
// timeout: 20s
// code: syntax_error
// why: nothing of a program with an error at its end is run
for (;;);
let a; let a;
