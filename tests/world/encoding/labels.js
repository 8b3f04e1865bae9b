const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
for (const label of ['utf8', ' UTF-8\n', '\tutf-8\f', 'unicode-1-1-utf-8', 'x-unicode20utf8', 'utf-16', 'UTF-16LE', 'ucs-2', 'unicode', 'unicodefeff', 'utf-16be', 'unicodefffe', 'latin1', 'ascii', 'us-ascii', 'iso-8859-1', 'ISO8859-1', 'cp1252', 'windows-1252',
  'l2', 'latin2', 'cyrillic', 'greek', 'hebrew', 'iso-8859-8-i', 'l9', 'koi', 'koi8-u', 'mac', 'tis-620', 'cp1251', 'x-cp1250', 'iso-8859-9', 'x-mac-ukrainian', 'cp866', 'utf-7', 'utf-32', 'none', '', 'utf-8\0', 'utf\u20108', '\u00a0utf-8',
  '\vutf-8', 'iso-2022-kr', 'hz-gb-2312', '__proto__', 'constructor', 'toString', 'x'.repeat(1000)])
  T(JSON.stringify(label.slice(0, 30)), () => new TextDecoder(label).encoding);
T('undefined', () => new TextDecoder(undefined).encoding);
T('null', () => new TextDecoder(null).encoding);
T('object', () => new TextDecoder({toString() { return 'utf8'; }}).encoding);
T('code', () => { try { new TextDecoder('nothing'); } catch (e) { return [e.name, e.code, e.message]; } });
const all = new Uint8Array(128).map((_, i) => i + 128);
for (const label of ['ibm866', 'iso-8859-2', 'iso-8859-3', 'iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-8', 'iso-8859-10', 'iso-8859-13', 'iso-8859-14', 'iso-8859-15', 'koi8-r', 'macintosh', 'windows-1250', 'windows-1251',
  'windows-1254', 'windows-1256', 'windows-1257', 'windows-1258', 'x-mac-cyrillic'])
  T(label, () => new TextDecoder(label).decode(all));
T('ascii of a table', () => new TextDecoder('koi8-r').decode(new Uint8Array([0x48, 0x69, 0])));
T('fatal, mapped', () => new TextDecoder('iso-8859-5', {fatal: true}).decode(all).length);
T('fatal, not mapped', () => new TextDecoder('iso-8859-6', {fatal: true}).decode(all).length);
T('no BOM in tables', () => new TextDecoder('iso-8859-2').decode(new Uint8Array([0xef, 0xbb, 0xbf])));
T('a long text', () => new TextDecoder('windows-1251').decode(new Uint8Array(20000).fill(0xe4)).length);
