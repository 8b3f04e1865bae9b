// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// module: b.ts=import { a } from './a';\nexport enum E { A = a as number }\nexport const b: number = E.A + 1;
// module: c.jsx=import { b } from './b';\nexport const c = <x n={b} />;
// module: d.tsx=import { c } from './c';\nexport const d = (p: any) => <y {...p}>{c}</y>;
// value: [{"type":"y","props":{"q":1},"children":[{"type":"x","props":{"n":2},"children":[]}]}]
// why: four languages that import each other by names without an extension
import { d as D } from './d';
[D({ q: 1 })];
