// status: ok
// timeout: 20s
// value: [4294967295,4294967295,1000000]
// why: arrays of four billion holes, with a few elements at both ends, and extra keys
const a = new Array(4294967295), b = [1], c = new Array(1e6);
b[4294967294] = 2; b[77] = 3; b.extra = 4; b[-1] = 5;
console.log(a, b, c, [a, b, c]);
console.dir(b, { maxArrayLength: Infinity, showHidden: true });
console.log('%o', a);
display(c.slice(0, 10));
[a.length, b.length, c.length];
