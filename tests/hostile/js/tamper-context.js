// status: ok
// timeout: 20s
// context: {"a": {"b": [1, {"c": 2}]}, "s": "x"}
// value: [true,{"a":{"b":[1,{"c":2}]},"s":"x"}]
// why: the context is frozen to its leaves
const deeds = [() => { context.a = 1; }, () => { context.a.b.push(2); }, () => { context.a.b[1].c = 3; }, () => { delete context.a; }, () => { context.a.b.length = 0; },
  () => Object.setPrototypeOf(context, { evil: 1 }), () => Object.defineProperty(context.a, 'b', { value: 1 }), () => Object.assign(context, { a: 1 }),
  () => { context.a.b.sort(() => -1); }, () => Reflect.set(context.a, 'x', 1), () => { context.a.b[1].__proto__ = { d: 1 }; }, () => context.a.b.fill(0)];
for (const f of deeds) try { f(); } catch {}
const frozen = (v) => typeof v !== 'object' || v === null || (Object.isFrozen(v) && Object.values(v).every(frozen));
[frozen(context), context];
