// status: ok
// value: [true,true,true,true,true,"2,2,3"]
// why: quickjs-ng issue 1557: helpers over a source that has no return method are closed
const seen = [];
for (const make of [i => i.map(x => x), i => i.filter(() => true), i => i.take(5), i => i.drop(0), i => i.flatMap(x => [x])]) {
  const helper = make([1, 2, 3].values());
  seen.push(helper.return().done && helper.return().done && helper.next().done);
}
seen.push(Iterator.from([1, 2, 3, 4]).filter(x => x > 1).flatMap(x => [x, x]).take(3).toArray().join());
seen;
