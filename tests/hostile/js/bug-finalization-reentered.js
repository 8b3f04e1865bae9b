// status: ok
// value: true
// timeout: 20s
// why: bellard/quickjs issue 494: callbacks of a registry that collect garbage, register and unregister while the weak references are gone through
const collect = () => { for (let i = 0; i < 3000; i++) { const c = { big: new Array(20) }; c.c = c; } };
let calls = 0;
const registry = new FinalizationRegistry(held => { if (calls++ > 500) return; registry.unregister(held.token); collect(); registry.register({}, { token: held.token }, held.token); });
for (let i = 0; i < 300; i++) { const token = {}; registry.register({}, { token }, token); }
collect();
await new Promise(done => setTimeout(done, 1));
calls >= 0 && registry instanceof FinalizationRegistry;
