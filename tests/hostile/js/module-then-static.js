// status: ok
// timeout: 20s
// module: t.js=export function then(yes) { yes('taken'); }\nexport const a = 1;
// value: 1
// why: a module that exports then is no thenable for an import declaration
import { a } from 't.js';
a;
