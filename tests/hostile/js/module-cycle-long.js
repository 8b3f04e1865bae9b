// status: ok
// timeout: 20s
// module: m0.ts=import * as next from './m1.ts';\nexport const n: number = 0;\nexport const walk = (k: number): number => k ? next.walk(k - 1) : 0;
// module: m1.ts=import * as next from './m2.js';\nexport const walk = (k: number): number => k ? next.walk(k - 1) : 1;
// module: m2.js=export * from './m3.js';\nimport { again } from './m3.js';\nexport const walk = (k) => k ? again.walk(k - 1) : 2;
// module: m3.js=import * as self from './m3.js';\nimport * as first from './m0.ts';\nexport * from './m2.js';\nexport { first as again, self };
// value: [1,true]
// why: a cycle of four modules in two languages, with exports of everything in both directions
import * as m from './m0.ts';
const { self } = await import('./m3.js');
[m.walk(1000), self.self.self === self];
