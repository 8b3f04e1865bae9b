// status: error|limit
// code: syntax_error|uncaught_error|stack_limit
// timeout: 20s
// module: deep.ts=export const a = @@50000*(@@1@@50000*)@@ as number;
// why: a TypeScript module of fifty thousand brackets
import { a } from './deep.ts';
a;
