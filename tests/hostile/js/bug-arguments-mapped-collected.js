// status: ok
// value: 3
// timeout: 20s
// why: CVE-2026-37630, quickjs-ng issue 1400: the collector marks the variables of a mapped arguments object that are still on the stack, by links that were never set
const collect = () => { for (let i = 0; i < 4000; i++) { const c = { a: [] }; c.c = c; } };
const sloppy = (0, eval)('(function f(a, b, c) { arguments; const keep = () => [a, b, arguments]; collect(); arguments[1] = {}; collect(); b = [b]; collect(); return depth-- > 0 ? f(b, c, arguments) : keep; })');
globalThis.collect = collect;
globalThis.depth = 20;
const keep = sloppy(0, 1, {});
collect();
keep().length;
