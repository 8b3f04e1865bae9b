// status: ok
// timeout: 20s
// module: many.ts=@@4000*export const e#: number = #;\\n@@
// module: all.js=export * from './many.ts';\nexport * from './many.ts';
// value: [4000,3999]
// why: a module of four thousand exports, exported twice by another
import * as all from './all.js';
[Object.keys(all).length, all.e3999];
