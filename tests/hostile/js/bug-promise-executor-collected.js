// status: ok
// value: 100
// timeout: 20s
// why: CVE-2023-48184, quickjs-ng issue 1200: the collector frees the frame of an async function that its closures still use
const seen = [];
async function run(i) {
  let state = { i, list: [] };
  const done = () => { state.list.push(state.i); return state; };
  Promise.resolve().then(done);
  Object.defineProperty(state, 'late', { get: () => done().list.length, configurable: true });
  const never = new Promise(() => { Object.defineProperty(state, 'i', { value: { i }, configurable: true, writable: true }); });
  if (i % 2) await never; else await null;
  seen.push(state.late);
}
for (let i = 0; i < 200; i++) { run(i); const c = {}; c.c = c; }
for (let i = 0; i < 20000; i++) { const c = {}; c.c = c; }
for (let i = 0; i < 9; i++) await null;
seen.length;
