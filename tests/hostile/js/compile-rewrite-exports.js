// status: ok
// timeout: 20s
// value: "after"
// why: exports of everything that can be exported, in a script
export const a = 1, { b, c: [d] } = { b: 2, c: [3] };
export function f() {}
export class K {}
export async function* g() {}
export { a as x, f as default };
export let z;
'after';
