// status: ok
// timeout: 20s
// value: [10001,10001]
// why: a Blob of a Blob, ten thousand deep
let b = new Blob(['x']);
for (let i = 0; i < 10000; i++) b = new Blob([b, 'y']);
[b.size, (await b.text()).length];
