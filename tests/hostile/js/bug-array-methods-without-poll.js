// status: timeout
// code: wall_time_limit
// polls: no
// why: quickjs-ng issue 1672: built-ins over 2^32 empty elements ask for no interrupt
[].concat({ length: 2 ** 32 - 1, [Symbol.isConcatSpreadable]: true });
