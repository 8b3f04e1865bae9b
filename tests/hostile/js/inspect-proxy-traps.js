// status: ok
// timeout: 20s
// value: 0
// why: no trap of a proxy runs while it is shown, alone or inside of something else
let calls = 0;
const trap = new Proxy({}, { get(target, key) { calls++; throw new Error(String(key)); } });
const p = new Proxy({ a: 1 }, trap), f = new Proxy(class Q {}, trap), a = new Proxy([1, 2, 3], trap);
for (const v of [p, f, a]) {
  console.log(v, [v], { v }, new Map([['k', v]]), new Set([v]));
  console.dir([v], { showHidden: true, depth: 5 });
  console.log('%o %O', v, v);
  console.assert(false, 'x', v);
}
calls;
