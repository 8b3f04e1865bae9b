// status: ok
// timeout: 20s
// memory: 256MiB
// value: 1
// why: ten thousand imports of types, of modules that there are not
@@10000*import type { T# } from './none#';\n@@
1;
