// status: ok
// value: ["TypeError",true]
// why: quickjs-ng issue 1368: Iterator.concat is closed by the iterable that it is about to iterate; its parts were freed twice
const seen = [];
for (let i = 0; i < 100; i++) {
  let it;
  const evil = { [Symbol.iterator]() { it.return(); return [{}, {}][Symbol.iterator](); } };
  it = Iterator.concat([{}], evil, [{}]);
  try { it.next(); it.next(); it.next(); seen[0] = 'ended'; } catch (e) { seen[0] = e.name; }
}
const spray = Array.from({ length: 1000 }, (_, i) => ({ i }));
seen.push(spray.every((o, i) => o.i === i));
seen;
