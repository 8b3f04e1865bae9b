// status: ok
// timeout: 20s
// value: true
// why: a hundred thousand pieces of one byte each, of characters of four
const bytes = new TextEncoder().encode('🙂'.repeat(25000)), d = new TextDecoder('utf-8', { fatal: true });
let out = '';
for (let i = 0; i < bytes.length; i++) out += d.decode(bytes.subarray(i, i + 1), { stream: true });
out += d.decode();
out === '🙂'.repeat(25000);
