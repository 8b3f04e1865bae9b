// status: ok
// timeout: 20s
// value: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["end"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
// why: ordinary nesting is no attack
let a = 'end';
for (let i = 0; i < 42; i++) a = [a];
a;
