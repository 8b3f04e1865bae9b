// status: ok
// timeout: 20s
// module: a.js=export const a = 1;\nexport { a as 'x")); globalThis.out = 1; ((("' };
// value: [1,1,"undefined"]
// why: names of imports that are texts of code
import { a, 'x")); globalThis.out = 1; ((("' as b } from "a.js";
[a, b, typeof out];
