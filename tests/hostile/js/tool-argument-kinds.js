// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: arguments that JSON does not have, and more or fewer of them than one
const kinds = [undefined, () => 1, Symbol('s'), 10n, NaN, -0, Infinity, new Date(NaN), /x/g, new Map([[{}, {}]]), new Set([1]), new WeakMap(),
  new ArrayBuffer(8), new Float64Array([NaN]), new Error('e'), Promise.resolve(1), (function* () {})(), Object(1n), Object(Symbol()), globalThis.Atomics];
for (const k of kinds) { await tools.echo(k).catch(() => {}); await tools.echo({ k, list: [k, [k]] }).catch(() => {}); }
await tools.echo().catch(() => {});
await tools.echo(1, 2, 3).catch(() => {});
'done';
