// status: ok
// timeout: 20s
// value: 1
// why: identifiers of a hundred thousand characters, with escapes and letters beyond ASCII
const @@100000*a@@: number = 1;
const @@20000*é@@ = @@100000*a@@ as number;
const \u0061\u{62}c: number = @@20000*é@@;
abc;
