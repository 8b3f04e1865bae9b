// status: ok
// timeout: 20s
// value: []
// tools: echo
// why: stacks that the guest reads while the bootstrap calls it must not show frames or functions of the bootstrap
const found = new Set();
const look = (where) => { for (const line of new Error('x').stack.split('\n')) if (/native:|\/[a-z]+\/[a-z]|\.c:/.test(line)) found.add(where); return 1; };
const custom = Symbol.for('nodejs.util.inspect.custom');
console.log({ [custom]() { look('inspect.custom'); return 'x'; } });
console.log('%d', { valueOf: () => look('format') });
console.log({ get [Symbol.toStringTag]() { look('tag'); return 'x'; } });
console.table({ get a() { return look('table'); } });
display({ get a() { return look('display'); } });
progress({ valueOf: () => look('progress') });
await tools.echo({ get a() { return look('tool'); } });
await new Promise((r) => setTimeout(() => { look('timer'); r(); }, 1));
await new Promise((r) => queueMicrotask(() => { look('microtask'); r(); }));
setTimeout(() => {}, { valueOf: () => look('delay') });
if (globalThis.EventTarget) { const t = new EventTarget(); t.addEventListener('a', () => look('listener')); t.dispatchEvent(new Event('a')); }
if (globalThis.structuredClone) structuredClone({ get a() { return look('clone'); } });
if (globalThis.URLSearchParams) new URLSearchParams({ get a() { return look('params'); } });
if (globalThis.Blob) new Blob([{ toString() { look('blob'); return ''; } }]);
[...found].sort();
