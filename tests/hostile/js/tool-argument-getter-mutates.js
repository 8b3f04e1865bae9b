// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a getter empties and grows the objects that are being walked
const list = [1, 2, 3, 4, 5, 6, 7, 8];
const o = { get a() { list.length = 0; delete o.z; o.y = 1; return list; }, list, z: { deep: [1] } };
for (let i = 0; i < 8; i++) Object.defineProperty(list, i, { enumerable: true, configurable: true, get() { list.length = i; list[1000] = 1; return i; } });
await tools.echo([list, o, list]).then(() => 'done', () => 'done');
