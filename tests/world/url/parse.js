const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const parts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
const show = (...args) => T(JSON.stringify(args), () => { const u = new URL(...args); return parts.map((p) => u[p]); });
for (const url of [
  'https://example.com', 'HTTP://EXAMPLE.com:80/%7Efoo/../bar', 'https://user:pa%20ss@example.com:8080/a/b?x=1&y=2#frag',
  'https://example.com:443/', 'http://example.com:65535/', 'http://example.com:65536/', 'http://example.com:/', 'ftp://a:21/',
  'http://a b/', 'http://a\tb\n/c', '  http://a/  ', 'http://[::1]/', 'http://[1::0:0:2:3]:81/', 'http://[::1', 'http://[1.2.3.4]/',
  'http://[::ffff:1.2.3.4]/', 'http://1.2.3/', 'http://0x7f.1/', 'http://256.256.256.256/', 'http://1e400/', 'http://0300.1/', 'http://1.2.3.4.5/',
  'http://bücher.example/', 'http://xn--bcher-kva.example/', 'http://☕.example', 'http://ＧＯ.com/', 'http://faß.de', 'http://xn--a', 'http://a%41b/',
  'http://a%00b/', 'http://%zz/', 'http://a_b.c/', 'http://a/%2e%2E/b', 'http://a/b/./c/../d', 'http://a\\b\\c', 'http:a', 'http:/a', 'http:///a',
  'file:///C|/x/../..', 'file://host/path', 'file:c:\\foo', 'file://localhost/x', 'file:///', 'data:text/plain,hi there#x y', 'javascript:alert(1)',
  'mailto:a@b.c', 'about:blank', 'blob:https://a.com/uuid', 'blob:x', 'non-special://HOST:99/p/../q', 'non-special:opaque path?q #h',
  'web+demo:/.//not-a-host/', 'urn:isbn:1', 'ws://a:80', 'wss://a:443/x', 'http://a/?q=ü&r=%zz#ü', 'http://a/ü ö', "http://a/?'\"<>`{}|", 'x://?\'"<>`',
  'http://user@/x', 'http://@/x', 'http://:@a/', 'http://a:b@c:d@e/', 'http://a#b?c', 'http://a?b#c?d', '//a', '/a', 'a', '', '#', '?', ':',
  'http://', 'https:', 'http://?', 'http://#', 'http://a:b', 'http://a..b/', 'http://./', 'http://a./', 'sc://\u00f1/', 'sc://%/', 'sc://a b/',
  'http://\u{1F600}.com/\u{1F600}?\u{1F600}#\u{1F600}', 'http://a/\ud800?\udc00#\ud800', 'http://a/\0\x01?\0#\0', 'http://\u200b.com', 'http://a\u00adb.com',
]) show(url);
for (const [url, base] of [
  ['../x', 'http://a/b/c/d'], ['/x', 'http://a/b'], ['//x/y', 'https://a'], ['?q', 'http://a/b?c#d'], ['#h', 'http://a/b?c#d'], ['', 'http://a/b?c#d'],
  ['x', 'data:opaque'], ['#x', 'data:opaque'], ['x', 'zz'], ['http://b', 'zz'], ['http:x', 'http://a/b/c'], ['http:x', 'https://a/b/c'], ['x', 'file:///C:/a/b'],
  ['/D:/x', 'file:///C:/a'], ['..', 'file:///C:/'], ['\\x', 'http://a/b'], ['.', 'http://a/b/c'], ['./..//x', 'http://a/b/c'], ['x', 'non-special://h/a/b'],
  ['//x', 'non-special:/p'], ['x', 'mailto:a'], ['x:y', 'http://a'], [' \t x \n', 'http://a/'], ['x', undefined], ['http://a', undefined], ['x', null],
]) show(url, base);
