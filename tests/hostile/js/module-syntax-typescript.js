// status: ok
// value: 1
// timeout: 20s
// module: bad.ts=export const a: = 5;\nenum {
// why: a TypeScript module that does not parse harms those alone that import it
1;
