// status: ok
// timeout: 20s
// value: 1
// why: three thousand imports of types, of modules that there are not
@@3000*import type { T# } from './none#';\n@@
1;
