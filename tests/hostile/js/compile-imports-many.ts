// status: error
// code: unknown_module|uncaught_error
// timeout: 20s
// why: three thousand imports of values, of modules that there are not
@@3000*import { v# } from './none#';\n@@
v1 + v2999;
