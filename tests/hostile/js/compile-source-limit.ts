// status: limit
// code: source_limit
// timeout: 20s
// why: a source over its limit is not given to the compiler at all
const s: string = '@@1100000*x@@';
