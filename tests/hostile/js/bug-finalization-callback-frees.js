// status: error
// code: uncaught_error
// error: Error: from the callback
// timeout: 20s
// why: quickjs-ng issue 432: the callback of a registry drops the last reference to the registry that runs it
let called = 0;
for (let i = 0; i < 2000; i++) {
  let registry = new FinalizationRegistry(() => { called++; registry = null; throw new Error('from the callback'); });
  registry.register({}, i);
  registry.register({}, i, {});
  registry = i % 3 ? registry : null;
}
const cycles = [];
for (let i = 0; i < 5000; i++) { const c = {}; c.c = c; }
cycles.length;
