// status: ok
// timeout: 20s
// memory: 128MiB
// value: [20000,64]
// why: twenty thousand digests at once, and one of sixteen mebibytes
const all = await Promise.all(Array.from({ length: 20000 }, (_, i) => crypto.subtle.digest('SHA-1', new Uint8Array(i % 100))));
[all.length, (await crypto.subtle.digest('SHA-512', new Uint8Array(16 << 20))).byteLength];
