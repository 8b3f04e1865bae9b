// ours: Node 20 decodes these by other tables than the standard's, or lacks transfer and resizable views
const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const all = new Uint8Array(128).map((_, i) => i + 128);
T('windows-1252', () => new TextDecoder('latin1').decode(all));
T('koi8-u', () => new TextDecoder('koi8-u').decode(all).slice(44, 64));
T('windows-1255', () => new TextDecoder('cp1255').decode(new Uint8Array([0xca, 0xd9])));
T('windows-874', () => new TextDecoder('windows-874').decode(new Uint8Array([0x80, 0xa1, 0xdb])));
T('windows-1253', () => new TextDecoder('windows-1253').decode(new Uint8Array([0xaa, 0xe1])));
T('iso-8859-16', () => new TextDecoder('iso-8859-16').decode(new Uint8Array([0xa4, 0xaa])));
T('x-user-defined', () => new TextDecoder('x-user-defined').decode(new Uint8Array([0x41, 0x80, 0xff])).charCodeAt(2).toString(16));
for (const label of ['shift_jis', 'gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'iso-2022-jp']) T(label, () => new TextDecoder(label).encoding);
T('a label in another K', () => new TextDecoder('\u212aoi8').encoding);
const detached = () => { const a = new Uint8Array(4); a.buffer.transfer(); return a; };
T('detached', () => [new TextDecoder().decode(detached()), new TextDecoder().decode(detached().buffer), new TextEncoder().encodeInto('abc', detached())]);
T('detached DataView', () => { const v = new DataView(new ArrayBuffer(4)); v.buffer.transfer(); return new TextDecoder().decode(v); });
const grown = () => { const b = new ArrayBuffer(4, {maxByteLength: 16}), a = new Uint8Array(b, 2), v = new DataView(b, 2); b.resize(8); a.fill(65); return [a, v, b]; };
T('views that follow', () => grown().map((v) => new TextDecoder().decode(v).length));
T('into a view that follows', () => new TextEncoder().encodeInto('abcdefgh', grown()[0]));
T('out of bounds', () => { const b = new ArrayBuffer(8, {maxByteLength: 16}), a = new Uint8Array(b, 4, 4), v = new DataView(b, 4, 4); b.resize(2); return [new TextDecoder().decode(a), new TextDecoder().decode(v), new TextEncoder().encodeInto('abc', a)]; });
T('a view that lies', () => {
  const v = new DataView(new Uint8Array([65, 66, 67, 68]).buffer, 1, 2), a = new Uint8Array([65, 66]);
  for (const o of [v, a]) for (const k of ['buffer', 'byteOffset', 'byteLength', 'length', 'constructor']) Object.defineProperty(o, k, {value: 1e9});
  return [new TextDecoder().decode(v), new TextDecoder().decode(a)];
});
T('options that detach', () => { const a = new Uint8Array([65, 66]); return new TextDecoder().decode(a, {get stream() { a.buffer.transfer(); return false; }}); });
T('a large text', () => new TextDecoder().decode(new TextEncoder().encode('ü'.repeat(1 << 20))).length);
T('atob, btoa', () => [atob(btoa('\0ÿ')), btoa.name, atob.length, (() => { try { btoa('€'); } catch (e) { return e instanceof DOMException && e.name; } })()]);
Uint8Array.prototype.constructor = null;
Object.defineProperty(Object.prototype, 'fatal', {value: true, configurable: true, writable: true});
Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength', {get() { throw new Error('asked'); }});
String.prototype.toLowerCase = String.prototype.charCodeAt = Map.prototype.get = () => { throw new Error('called'); };
console.log(new TextDecoder('UTF-8').fatal, new TextDecoder('UTF-8', {}).fatal, new TextDecoder('Latin1').decode(new Uint8Array([0x80])), new TextEncoder().encode('ü').length);
