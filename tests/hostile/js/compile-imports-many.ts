// status: error
// code: unknown_module|uncaught_error
// timeout: 20s
// memory: 256MiB
// why: ten thousand imports of values, of modules that there are not
@@10000*import { v# } from './none#';\n@@
v1 + v9999;
