// status: ok
// value: [true,"none"]
// timeout: 20s
// why: the last byte of the largest buffers that memory can give is written and read
const all = [];
try { for (let n = 32 << 20; n > 4096; ) { try { const t = new Uint8Array(n); t[n - 1] = 77; all.push(t); } catch { n >>= 1; } } } catch {}
const ok = all.length > 0 && all.every((t) => t[t.length - 1] === 77);
all.length = 0;
let r = 'none';
try { new Uint8Array(1 << 20).fill(1); } catch (e) { r = e.name; }
[ok, r];
