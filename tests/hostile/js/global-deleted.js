// status: ok
// timeout: 20s
// tools: echo
// value: {"a":1}
// why: every global that can be deleted is deleted, then console, tools and values are used by what was kept
const keep = [console, tools, display, setTimeout, Reflect, Promise];
for (const key of Reflect.ownKeys(globalThis)) try { delete globalThis[key]; } catch {}
keep[0].log({ a: [1, 2] }, keep[1]); keep[0].table([{ a: 1 }]);
keep[2]({ a: 1 });
await new keep[5]((r) => keep[3](r, 1));
await keep[1].echo({ a: 1 });
