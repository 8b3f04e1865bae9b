// status: error
// code: syntax_error|uncaught_error
// timeout: 20s
// why: members of an enum whose values loop in on themselves
enum E { A = B + 1, B = A + 1, C = E.D.length, D = E.C }
E;
