const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const bytes = (list) => new Uint8Array(list);
const show = (s) => Array.from(s, (c) => c.codePointAt(0).toString(16)).join(' ');
const decode = (label, list, options, ...rest) => T([label, list.map((b) => b.toString(16)).join(' '), options ? JSON.stringify(options) : ''].join(' | '), () => show(new TextDecoder(label, options).decode(bytes(list), ...rest)));
const cases = [[], [0x41], [0xc3, 0xbc], [0xe2, 0x82, 0xac], [0xf0, 0x9f, 0x98, 0x80], [0xef, 0xbb, 0xbf, 0x41], [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], [0x41, 0xef, 0xbb, 0xbf], [0xc3], [0xe2, 0x82],
  [0xf0, 0x9f, 0x98], [0xf0, 0x9f], [0xff], [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf],
  [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xfe, 0xff], [0xe2, 0x41], [0xe2, 0x82, 0x41], [0xf0, 0x41], [0xf0, 0x9f, 0x41], [0xf0, 0x9f, 0x98, 0x41], [0xe1, 0x80, 0xe2], [0xf1, 0x80, 0x80, 0xf1, 0x80],
  [0x41, 0xc3, 0x28, 0x42], [0, 0x41, 0], [0xc3, 0xc3, 0xbc], [0x61, 0xe2, 0x28, 0xa1, 0x62], [0xef, 0xbb], [0xef]];
for (const list of cases) for (const options of [undefined, {fatal: true}, {ignoreBOM: true}]) decode('utf-8', list, options);
for (const list of [[0x41, 0], [0x41], [0x3d, 0xd8, 0, 0xde], [0x3d, 0xd8], [0x3d, 0xd8, 0x41, 0], [0, 0xde, 0x41, 0], [0xff, 0xfe, 0x41, 0], [0xfe, 0xff, 0, 0x41], [0x3d, 0xd8, 0], [0x3d, 0xd8, 0x3d, 0xd8, 0, 0xde]])
  for (const options of [undefined, {fatal: true}, {ignoreBOM: true}]) { decode('utf-16le', list, options); decode('utf-16be', list, options); }
const stream = (label, chunks, options) => T('stream ' + label + ' ' + JSON.stringify(chunks), () => {
  const d = new TextDecoder(label, options);
  return chunks.map((c, i) => show(d.decode(bytes(c), {stream: i < chunks.length - 1})));
});
stream('utf-8', [[0xe2], [0x82], [0xac]]);
stream('utf-8', [[0xf0, 0x9f], [0x98, 0x80, 0x41]]);
stream('utf-8', [[0xf0, 0x9f], [0x41]]);
stream('utf-8', [[0xf0, 0x9f], []]);
stream('utf-8', [[0xef, 0xbb], [0xbf, 0x41]]);
stream('utf-8', [[0xef], [0xbb], [0xbf], [0xef, 0xbb, 0xbf]]);
stream('utf-8', [[0xef, 0xbb], [0xbf, 0x41]], {ignoreBOM: true});
stream('utf-8', [[0xc3], [0x28]], {fatal: true});
stream('utf-8', [[0xc3], []], {fatal: true});
stream('utf-16le', [[0x41], [0, 0x3d], [0xd8, 0], [0xde]]);
stream('utf-16le', [[0x3d, 0xd8], [0x41, 0]]);
stream('utf-16be', [[0xd8], [0x3d, 0xde], [0]]);
stream('utf-16le', [[0xff], [0xfe, 0x41], [0]]);
stream('utf-16le', [[0x3d], [0xd8, 0x41], []]);
stream('utf-16le', [[0x3d], [0xd8], [0x41]]);
stream('utf-16le', [[0x3d, 0xd8, 0x41]], {fatal: true});
stream('utf-16be', [[0x41, 0x41], [0x41]]);
T('used again after a stream', () => { const d = new TextDecoder(); d.decode(bytes([0xe2]), {stream: true}); const one = show(d.decode()); return [one, show(d.decode(bytes([0xef, 0xbb, 0xbf, 0x41])))]; });
T('used again after an error', () => { const d = new TextDecoder('utf-8', {fatal: true}); try { d.decode(bytes([0xff])); } catch {} return d.decode(bytes([0x41])); });
T('sources', () => { const b = bytes([0x41, 0x42, 0x43, 0x44]).buffer, d = new TextDecoder(); return [d.decode(b), d.decode(new Uint8Array(b, 1, 2)), d.decode(new DataView(b, 2)), d.decode(new Uint16Array(b, 2, 1)), d.decode(new Float32Array(b)), d.decode(undefined), d.decode()]; });
T('not sources', () => ['a', 1, {}, [], Symbol(), () => 1].map((v) => { try { return new TextDecoder().decode(v); } catch (e) { return e.name; } }));
T('options', () => [1, 'x', true].map((o) => { try { new TextDecoder('utf-8', o); return 'fine'; } catch (e) { return e.name; } }));
T('options null', () => new TextDecoder('utf-8', null).fatal);
T('attributes', () => { const d = new TextDecoder('UTF-16', {fatal: 1, ignoreBOM: 'x'}); return [d.encoding, d.fatal, d.ignoreBOM]; });
T('long', () => new TextDecoder().decode(new Uint8Array(300000).fill(0xe2)).length);
T('wrong this', () => TextDecoder.prototype.decode.call({}, bytes([65])));
T('wrong this of encoding', () => TextDecoder.prototype.encoding);
T('error code', () => { try { new TextDecoder('utf-8', {fatal: true}).decode(bytes([0xff])); } catch (e) { return [e.name, e.code]; } });
