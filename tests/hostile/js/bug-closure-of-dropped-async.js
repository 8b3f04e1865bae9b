// status: ok
// value: 500
// timeout: 20s
// why: bellard/quickjs issue 156: a job holds a closure of an async function that nothing else can reach any more
let ran = 0;
for (let i = 0; i < 500; i++)
  (async () => {
    let a = {}, b = [a], c = () => { ran += b.length; return () => a; };
    Promise.resolve().then(() => c()()).then(x => { x.c = c; });
    await new Promise(() => {});
    a.b = b;
  })();
for (let i = 0; i < 30000; i++) { const c = {}; c.c = c; }
for (let i = 0; i < 9; i++) await null;
ran;
