// status: ok
// timeout: 20s
// module: a.js=export let a = 1;\nexport const set = (v) => { a = v; };\nexport default 5;\nexport { a as __proto__, a as constructor, a as 'odd name' };
// value: [0,1,7,["__proto__","a","constructor","default","odd name","set"]]
// why: nothing of a namespace can be changed from outside, and its odd names are plain exports
import * as ns from 'a.js';
let changed = 0;
const deeds = [() => { ns.a = 2; }, () => { ns.b = 2; }, () => Object.defineProperty(ns, 'a', { value: 3 }), () => { delete ns.a; }, () => Object.setPrototypeOf(ns, {}), () => Object.freeze(ns), () => Object.assign(ns, { a: 4 }),
  () => { ns.default++; }, () => { ns.__proto__ = {}; }];
for (const f of deeds) { try { f(); } catch {} if (ns.a !== 1 || 'b' in ns || ns.default !== 5) changed++; }
const earlier = ns.a;
ns.set(7);
console.log(ns); console.table(ns); display(ns);
[changed, earlier, ns.a, Object.keys(ns)];
