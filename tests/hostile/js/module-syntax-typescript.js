// status: error
// code: syntax_error|uncaught_error
// timeout: 20s
// module: bad.ts=export const a: = 5;\nenum {
// why: a TypeScript module that does not parse, although nobody imports it
1;
