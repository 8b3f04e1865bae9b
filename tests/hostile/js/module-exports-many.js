// status: ok
// timeout: 20s
// module: many.ts=@@20000*export const e#: number = #;\\n@@
// module: all.js=export * from './many.ts';\nexport * from './many.ts';
// value: [20000,19999]
// why: a module of twenty thousand exports, exported twice by another
import * as all from './all.js';
[Object.keys(all).length, all.e19999];
