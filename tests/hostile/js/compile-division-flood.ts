// status: ok|error
// code: syntax_error
// timeout: 20s
// why: four thousand slashes that may be either
let a: any = 1, g: any = 1;
@@2000*a = a / 1 / g; if (a) /x/g.test('x'); @@
1;
