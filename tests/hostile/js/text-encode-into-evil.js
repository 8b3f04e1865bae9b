// status: ok
// timeout: 20s
// value: "after"
// why: encodeInto destinations that are detached, resized or lied about by the source's toString
const e = new TextEncoder();
let resizable;
const views = () => { const b = new ArrayBuffer(16); resizable = new ArrayBuffer(64, { maxByteLength: 1 << 16 }); return [new Uint8Array(resizable), new Uint8Array(resizable, 8, 16), new Uint8Array(b, 3), new Uint8Array(b, 16), new Uint16Array(b), new DataView(b), b, null,
  Object.defineProperties(new Uint8Array(4), { byteLength: { value: 1e9 }, length: { value: 1e9 }, buffer: { value: null } }), Object.setPrototypeOf(new Uint8Array(4), null), new Proxy(new Uint8Array(4), {})]; };
for (const text of ['', 'x'.repeat(100), '🙂'.repeat(50), '\ud800'.repeat(50), 'é'])
  for (const size of [64, 0, 1 << 16, 9])
    for (const v of views()) { try { e.encodeInto(text, v); } catch {} try { e.encodeInto({ toString() { resizable.resize(size); try { v.buffer.transfer(); } catch {} return text; } }, v); } catch {} }
for (const v of [Symbol('s'), { toString() { throw 1; } }, '\ud800'.repeat(1 << 20), undefined, null, new Proxy({}, {})]) try { e.encode(v); } catch {}
for (const f of [atob, btoa]) for (const v of ['', 'x', '=', '====', 'é', '\u0100', 'A'.repeat(1 << 20), '\u0000', ' \n'.repeat(100000), Symbol('s'), {}, null]) try { f(v); } catch {}
'after';
