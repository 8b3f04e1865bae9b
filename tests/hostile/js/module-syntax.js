// status: error
// code: syntax_error|uncaught_error
// timeout: 20s
// module: bad.js=export const a = ;
// why: a module that does not parse
import { a } from 'bad.js';
a;
