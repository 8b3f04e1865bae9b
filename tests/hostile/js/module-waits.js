// status: error
// code: deadlock
// timeout: 20s
// module: t.js=export const x = await new Promise(() => {});
// why: a module that waits for what nothing settles
import { x } from 't.js';
x;
