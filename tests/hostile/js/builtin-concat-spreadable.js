// status: timeout
// code: wall_time_limit
// polls: no
// why: concat spreads an array-like of the highest length
[].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true });
