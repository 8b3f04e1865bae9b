// status: ok
// value: [51,true]
// why: quickjs-ng issue 1355: many requests of an async generator are settled while their own handlers send more
const seen = [];
const g = (async function* () { for (let i = 0; i < 50; i++) try { yield { get then() { if (i % 5 === 0) g.next().then(() => {}, () => {}); return undefined; }, i }; } finally { if (i === 30) g.return(i); } })();
for (let i = 0; i < 60; i++) g.next().then(r => seen.push(r.done), e => seen.push(e.name));
g.throw(new Error('x')).catch(e => seen.push(e.message));
for (let i = 0; i < 400; i++) await null;
[seen.length, seen.at(-1)];
