// status: limit
// code: memory_limit
// timeout: 20s
// why: suspended async functions, all waiting for one promise
const gate = new Promise(() => {});
const all = [];
for (;;) all.push((async () => { await gate; })());
