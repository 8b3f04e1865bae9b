// status: ok
// value: "90,90,90,90,10,90,10,90,101,1,501,101,100,0,500,100,100,0,500,100,100,0,500,100,100,0,500,100"
// why: quickjs-ng issue 1562: the species of slice, splice and concat gives the array itself, or changes it meanwhile
const seen = [];
for (const name of ['slice', 'splice', 'concat', 'map', 'filter', 'flat', 'flatMap'])
  for (const give of [a => a, a => (a.length = 0, []), a => (a.length = 500, a), () => new Proxy([], {})]) {
    const a = Array.from({ length: 100 }, (_, i) => ({ i }));
    a.constructor = { [Symbol.species]: function () { return give(a); } };
    try { seen.push(a[name](name === 'map' || name.startsWith('fi') || name === 'flatMap' ? x => x : 10).length); } catch (e) { seen.push(e.name); }
  }
seen.join();
