// status: error
// code: uncaught_error
// error: TypeError: not an object
// timeout: 20s
// module: t.js=export function then(yes) { yes('taken'); }\nexport const a = 1;
// why: an import declaration of a script is import() with await, for which a module that exports then is a thenable
import { a } from 't.js';
a;
