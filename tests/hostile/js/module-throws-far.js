// status: error
// code: uncaught_error
// error: TypeError: far
// timeout: 20s
// module: far.ts=@@3000*type T# = any; @@ export const f = (x: any): never => { throw new TypeError(x as string); };
// why: an error at the far end of a compiled module's line
import { f } from './far.ts';
f('far');
