// status: ok
// value: ["TypeError",true]
// why: quickjs-ng issue 1440: a getter of next closes Iterator.concat after the first fix
const seen = [];
for (let i = 0; i < 100; i++) {
  let outer;
  const evil = { [Symbol.iterator]: () => ({ get next() { outer.return(); return () => ({ done: true }); }, return() { return {}; } }) };
  outer = Iterator.concat(evil, evil);
  try { seen[0] = outer.next().done; } catch (e) { seen[0] = e.name; }
  try { seen[1] = outer.next().done; } catch (e) { seen[1] = e.name; }
}
seen;
