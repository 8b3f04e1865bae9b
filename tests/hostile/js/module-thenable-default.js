// status: ok
// timeout: 20s
// module: d.js=export default { then(yes) { yes('taken'); } };\nexport const p = Promise.resolve({ then(yes) { yes('twice'); } });
// value: ["object","twice"]
// why: exports that are thenables are not awaited by the import
import d, { p } from './d.js';
[typeof d, await p];
