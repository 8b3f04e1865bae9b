// status: ok
// timeout: 20s
// value: [1,1]
// why: then of an awaited thenable is read once and called once
let reads = 0, calls = 0;
await { get then() { reads++; return (r) => { calls++; r(); }; } };
[reads, calls];
