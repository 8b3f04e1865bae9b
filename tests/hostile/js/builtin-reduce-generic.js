// status: timeout
// code: wall_time_limit
// why: reduceRight searches an array-like without elements
[].reduceRight.call({ length: 2 ** 53 - 1 }, () => 0, 0);
