// ours: Node 20 has no transfer; what a guest can break is its own
const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
const detached = () => { const a = new Uint8Array(4); a.buffer.transfer(); return a; };
const lying = (v) => { for (const k of ['buffer', 'byteOffset', 'byteLength', 'length', 'constructor']) Object.defineProperty(v, k, {value: 1e9}); return v; };
const grown = () => { const b = new ArrayBuffer(1, {maxByteLength: 8}), a = new Uint8Array(b); b.resize(3); a.set([97, 98, 99]); return a; };
T('random into detached', () => crypto.getRandomValues(detached()).length);
T('random into a liar', () => { const a = lying(new Uint8Array(4)); return crypto.getRandomValues(a) === a; });
T('random into a view that follows', () => { const b = new ArrayBuffer(1, {maxByteLength: 64}), a = new Uint8Array(b); b.resize(64); crypto.getRandomValues(a); return a.slice(32).some((x) => x); });
T('random into a DataView', () => crypto.getRandomValues(new DataView(new ArrayBuffer(4))));
T('not an array', () => ['x', 1, null, {}, [], new ArrayBuffer(4)].map((v) => { try { return crypto.getRandomValues(v); } catch (e) { return e.name; } }));
const abc = new Uint8Array([97, 98, 99]);
console.log('detached', hex(await crypto.subtle.digest('SHA-1', detached())));
console.log('liar', hex(await crypto.subtle.digest('SHA-1', lying(new DataView(abc.buffer)))));
console.log('follows', hex(await crypto.subtle.digest('SHA-1', grown())));
console.log('large', hex(await crypto.subtle.digest('SHA-512', new Uint8Array(1 << 22))));
console.log('evil algorithm', await crypto.subtle.digest({get name() { throw new RangeError('mine'); }}, abc).catch((e) => e.name));
console.log('evil name', await crypto.subtle.digest({toString() { return 'SHA-1'; }}, abc).catch((e) => e.name));
String.prototype.toUpperCase = () => { throw new Error('called'); };
Object.prototype.name = 'SHA-1';
console.log('inherited', hex(await crypto.subtle.digest({}, abc)));
