// status: ok
// timeout: 20s
// value: 0
// why: setters on numeric names of Object.prototype and Array.prototype see nothing of what the world does (JSON.stringify, the engine's own, shows it an object's members)
let seen = 0;
for (const o of [Array.prototype, Object.prototype])
  for (let i = 0; i < 300; i++) Object.defineProperty(o, i, { configurable: true, get() { return undefined; }, set() { seen++; } });
console.log({ a: 1, b: [1, 2, 3] }, [[1], [2]], new Map([[1, { a: 1 }]]), new Set([1, 2]), new Uint8Array(9), Promise.resolve(1), new Error('x'), '%s%s', 1);
console.table([{ a: 1, b: 2 }, [1, 2]]); console.table(new Map([[1, 2]])); console.dir({ a: 1 }, { showHidden: true }); console.group('a', 'b'); console.groupEnd();
display([{ a: 1, b: 2 }, { c: 3 }]); display({ a: [1, 2] }); display([1, 2]); progress(1, 'x');
setTimeout(() => {}, 1, 1, 2);
if (globalThis.structuredClone) structuredClone({ a: [1, 2, new Map([[1, [2]]]), new Set([3])], e: new Error('x') }, { transfer: [new ArrayBuffer(4)] });
if (globalThis.URL) { const u = new URL('http://a/?b=1&c=2'); [...u.searchParams]; u.searchParams.sort(); u.searchParams.append('d', 'e'); console.log(u); }
if (globalThis.Headers) { const h = new Headers([['a', 'b'], ['a', 'c']]); [...h]; console.log(h); }
if (globalThis.EventTarget) { const t = new EventTarget(); t.addEventListener('a', () => {}); t.addEventListener('a', () => {}); t.dispatchEvent(new Event('a')); }
if (globalThis.AbortSignal) AbortSignal.any([new AbortController().signal, AbortSignal.abort()]);
if (globalThis.TextDecoder) new TextDecoder('koi8-r').decode(new TextEncoder().encode('дом'));
if (globalThis.Blob) await new Blob(['a', new Blob(['b'])]).text();
if (globalThis.crypto) { crypto.getRandomValues(new Uint8Array(4)); await crypto.subtle.digest('SHA-256', new Uint8Array(4)); }
seen;
