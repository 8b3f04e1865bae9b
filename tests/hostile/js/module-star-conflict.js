// status: error|ok
// code: uncaught_error|syntax_error
// timeout: 20s
// module: a.js=export const x = 1;\nexport * from './b.js';
// module: b.js=export * from './a.js';\nexport * from './c.js';
// module: c.js=export * from './b.js';\nexport * from './a.js';
// why: exports of everything in a circle, for a name that nobody has
import { nowhere } from './a.js';
nowhere;
