// status: error
// code: syntax_error
// why: nothing of a program with an error at its end is run
for (;;);
let a; let a;
