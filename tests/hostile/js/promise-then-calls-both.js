// status: ok
// timeout: 20s
// value: "first"
// why: a thenable that resolves, rejects and throws: the first counts
await { then(a, b) { a('first'); b(new Error('second')); a('third'); throw new Error('fourth'); } };
