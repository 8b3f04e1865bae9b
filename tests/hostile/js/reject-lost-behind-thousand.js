// status: error
// code: uncaught_error
// timeout: 20s
// why: one rejection that nobody handles, behind a thousand that somebody does
const held = [];
for (let i = 0; i < 1000; i++) held.push(Promise.reject(new Error('handled')));
Promise.reject(new Error('lost'));
await 1;
for (const p of held) p.catch(() => {});
1;
