const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(' ');
const encode = (s) => T(JSON.stringify(s), () => hex(new TextEncoder().encode(s)));
for (const s of ['', 'abc', 'ü', '€', '\u{1F600}', '\ud83d', '\ude00', '\ude00\ud83d', 'a\ud83db', '\ud83d\ud83d\ude00', '\0', '\x7f\x80\u07ff\u0800\uffff\u{10000}\u{10ffff}', undefined, null, 12, true, [1, 2],
  {toString() { return 'obj'; }}]) encode(s);
T('no argument', () => hex(new TextEncoder().encode()));
T('symbol', () => new TextEncoder().encode(Symbol()));
T('encoding', () => new TextEncoder().encoding);
T('an array of its own', () => { const a = new TextEncoder().encode('abc'); return [a.buffer.byteLength, a.byteOffset, a instanceof Uint8Array]; });
T('long', () => new TextEncoder().encode('ü€a\u{1F600}'.repeat(10000)).length);
const into = (s, size, offset = 0) => T('into ' + JSON.stringify([s, size, offset]), () => {
  const to = new Uint8Array(size), r = new TextEncoder().encodeInto(s, to.subarray(offset));
  return [r, hex(to)];
});
for (const [s, n, o] of [['abc', 5], ['abc', 2], ['abc', 0], ['é', 1], ['aé', 2], ['aé', 3], ['€€', 5], ['\u{1F600}x', 3], ['\u{1F600}x', 4], ['\u{1F600}x', 5], ['\ud83d', 2], ['\ud83d', 3], ['a\ud83db', 5], ['', 3], ['abc', 6, 2],
  ['\ude00', 4]]) into(s, n, o);
T('into something else', () => [new Uint16Array(2), new ArrayBuffer(4), [], {}, new DataView(new ArrayBuffer(2)), new Uint8ClampedArray(2)].map((to) => { try { return new TextEncoder().encodeInto('a', to); } catch (e) { return e.name; } }));
T('into nothing', () => new TextEncoder().encodeInto('a'));
T('wrong this', () => TextEncoder.prototype.encode.call({}, 'a'));
T('wrong this of encoding', () => TextEncoder.prototype.encoding);
T('call', () => TextEncoder());
T('tags', () => [TextEncoder, TextDecoder].map((C) => [C.name, C.length, Object.prototype.toString.call(new C())]));
T('round trip', () => { let s = ''; for (let i = 0; i < 0x11000; i += 7) if (i < 0xd800 || i > 0xdfff) s += String.fromCodePoint(i); return new TextDecoder('utf-8', {ignoreBOM: true}).decode(new TextEncoder().encode(s)) === s; });
