// status: ok
// value: ["SyntaxError","SyntaxError","SyntaxError","SyntaxError"]
// module: p=import { q } from 'r'; export { q as p };
// module: r=import { p } from 'p'; export { p as q };
// module: s=export * from 's'; export * from 'p'; import * as me from 's'; export { me };
// why: quickjs-ng pull request 1583: two modules re-export each other's name, which nobody has
const seen = [];
for (const name of ['p', 'r', 's', 'p'])
  try { seen.push(Object.keys(await import(name)).join()); } catch (e) { seen.push(e.name); }
seen;
