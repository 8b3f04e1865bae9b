// status: ok
// timeout: 20s
// value: [0,1.5,-2147483648,4294967296,9007199254740991,1e+21,1e-7,5e-324]
// why: numbers at the edges keep their shortest text
[0, 1.5, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, 1e21, 1e-7, 5e-324];
