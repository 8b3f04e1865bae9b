// status: ok
// timeout: 20s
// module: m.js=export const keys = Object.getOwnPropertyNames(import.meta).map((k) => String(import.meta[k])).join();\nexport const again = (n) => import('./' + n);
// value: [true,"refused"]
// why: import.meta names nothing of the host, and import() inside a module knows no other modules
import { keys, again } from 'm.js';
[!/\/(home|usr|tmp|work|etc)\b|file:/.test(keys), await again('../../etc/passwd').then(() => 'found', () => 'refused')];
