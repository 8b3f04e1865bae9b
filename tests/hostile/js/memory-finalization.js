// status: limit
// code: memory_limit
// timeout: 20s
// why: a FinalizationRegistry with endless registrations of a living object
const r = new FinalizationRegistry(() => {});
const alive = {};
for (let i = 0; ; i++) r.register(alive, { i });
