// ours: Node 20 has no URL.parse, and is no sandbox
const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
T('parse', () => [URL.parse('zz'), URL.parse('x:y').href, URL.parse('/a', 'http://b').href, URL.parse('/a', 'b')]);
T('parse makes a URL', () => URL.parse('x:y') instanceof URL);
T('space before a query', () => new URL('non-special:opaque path  ?q #h').pathname); // the standard of 2025
T('hidden classes', () => { const u = new URL('http://a/?b'); return [Object.getOwnPropertyNames(u), Reflect.ownKeys(u.searchParams)]; });
T('1 MiB path', () => new URL('http://a/' + 'x'.repeat(1 << 20)).pathname.length);
T('1 MiB of what grows', () => new URL('http://a/?' + 'ü'.repeat(1 << 20)).search.length);
T('1 MiB host', () => new URL('http://' + 'a'.repeat(1 << 20)).host.length);
T('1 MiB host of labels', () => new URL('http://' + 'a.'.repeat(1 << 19) + 'com').host.length);
T('1 MiB host in Unicode', () => { try { return new URL('http://' + 'ü'.repeat(1 << 20)).host.length; } catch (e) { return e.code; } });
T('1 MiB of dots', () => new URL('http://a' + '/..'.repeat(1 << 18)).href);
T('1 MiB of pairs', () => new URLSearchParams('a&'.repeat(1 << 19)).size);
T('1 MiB of percent', () => new URLSearchParams('%'.repeat(1 << 20)).toString().length);
T('many parameters of a URL', () => { const p = new URL('http://a').searchParams; for (let i = 0; i < 300; i++) p.append('k' + i, i); return p.size; });
T('params of 10000 sort', () => { const p = new URLSearchParams(); for (let i = 10000; i > 0; i--) p.append('k' + i % 100, i); p.sort(); return p.toString().slice(0, 30); });
T('a URL that is set while its argument is made', () => { const u = new URL('http://a/?x=1'); u.searchParams.set({toString() { u.href = 'http://b/?y=2'; return 'k'; }}, 'v'); return u.href; });
Array.prototype.push = Array.prototype[Symbol.iterator] = String.prototype.split = String.prototype.slice = String.prototype.replace = () => { throw new Error('called'); };
Object.defineProperty(Array.prototype, '0', {set() { throw new Error('0 set'); }, configurable: true});
RegExp.prototype.exec = Map.prototype.get = Map.prototype.set = () => { throw new Error('called'); };
Object.defineProperty(Object.prototype, 'value', {get() { throw new Error('value asked'); }, set() { throw new Error('value set'); }, configurable: true});
const p = new URLSearchParams({a: '1', b: '2 3'});
p.append('c', 'ü');
const i = p.entries();
const {done, value: first} = i.next();
console.log(String(p), p.get('b'), done, first[0], first[1], new URL('../x?y#z', 'http://a/b/c/d').href, p.has('c'), String(new URLSearchParams(p.toString())));
delete Object.prototype.value;
console.log(new URL('a:b').pathname, p);
