// status: ok
// value: []
// why: quickjs-ng pull request 168: a symbol that is target and token at once, registered twice, outlives one entry and not the other
const seen = [];
for (let i = 0; i < 500; i++) {
  let registry = new FinalizationRegistry(() => {});
  let target = Symbol('target ' + i);
  try { registry.register(target, undefined, target); registry.register(target, 1); } catch (e) { seen[0] = e.name; }
  target = null;
  if (i & 1) registry = null;
}
seen;
