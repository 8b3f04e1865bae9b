// status: ok
// timeout: 20s
// value: ["9f86d081884c7d65",8,0]
// why: digests of bytes that change, vanish and shrink after the call, of algorithms that do so in their name
const hex = async (p) => [...new Uint8Array(await p)].map((x) => x.toString(16).padStart(2, '0')).join('').slice(0, 16);
const data = new TextEncoder().encode('test'), first = crypto.subtle.digest('SHA-256', data);
data.fill(0);
const gone = new ArrayBuffer(8), names = [null, 5, Symbol('s'), {}, { name: 5 }, { get name() { throw 1; } }, 'md5', 'SHA-256\u0000', 'sha-512', '__proto__', 'x'.repeat(1 << 20), { name: 'SHA-1', length: 1e9 }];
let refused = 0, vanished = 0;
for (const n of names) await crypto.subtle.digest(n, new Uint8Array(3)).then(() => {}, () => { refused++; });
await crypto.subtle.digest({ get name() { gone.transfer(); return 'SHA-256'; } }, gone).then(() => {}, () => { vanished++; });
const r = new ArrayBuffer(64, { maxByteLength: 128 }), view = new Uint8Array(r);
await crypto.subtle.digest({ get name() { r.resize(3); return 'SHA-384'; } }, view).catch(() => {});
for (const v of [null, 'x', {}, [1], new Proxy(new Uint8Array(1), {})]) await crypto.subtle.digest('SHA-1', v).catch(() => {});
[await hex(first), refused - 2, vanished];
