// status: ok
// value: "31,31,31,31,0,6,20,0,false,true,false,false,true,false"
// why: quickjs-ng issue 1565: the other set clears this one, and itself, from has, keys and next
const seen = [];
for (const name of ['union', 'symmetricDifference', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'])
  for (const size of [0, 100]) {
    const mine = new Set(Array.from({ length: 20 }, (_, i) => ({ i })));
    let n = 0;
    const other = { size, has(x) { mine.clear(); if (n++ < 5) mine.add({}); return true; }, keys() { let n = 0; return { next() { mine.clear(); return { done: n++ > 10, value: {} }; }, return() { mine.add(1); return {}; } }; } };
    try { const r = mine[name](other); seen.push(typeof r === 'object' ? r.size : r); } catch (e) { seen.push(e.name); }
  }
seen.join();
