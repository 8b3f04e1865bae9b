// status: limit
// code: memory_limit
// timeout: 20s
// why: arguments objects of wide calls, all kept
const wide = new Array(5000).fill(0);
const a = [];
for (;;) (function () { a.push(arguments); }).apply(null, wide);
