// status: ok
// timeout: 20s
// value: "end"
// why: a rejection that is handled late
const p = Promise.reject(new Error('late'));
await null;
await p.catch(() => {});
'end';
