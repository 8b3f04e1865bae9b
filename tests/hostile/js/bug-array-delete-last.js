// status: ok
// value: [true,3000,"9,,,,"]
// timeout: 20s
// why: quickjs-ng issues 1430 and 1438: the last element of an array is deleted, which keeps its length, and then more are pushed
const keep = [];
for (let i = 0; i < 3000; i++) {
  const a = [{ i }, { i }, { i }];
  delete a[2]; a.push({ i }); delete a[3]; delete a[1]; a.push({ i }, { i }); a.pop(); delete a[a.length - 1];
  keep.push(a);
  const c = {}; c.c = c;
}
[keep.every(a => a.length === 5 && a[0].i >= 0), keep.flat().length, keep[9].map(x => x?.i).join()];
