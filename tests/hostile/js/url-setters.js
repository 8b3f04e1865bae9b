// status: ok
// timeout: 20s
// value: "after"
// why: every setter of a URL with every kind of value, ten rounds on the same one
const odd = ['', '/', '?', '#', ':', '@', '//', 'x'.repeat(100000), '\ud800', '%', '\n\t', '65536', '-1', 'javascript', 'file', 'a b', '../..', 'é', Symbol('s'), 10n, null, undefined, {}, { toString() { throw 1; } }, [], new URL('http://x/')];
for (const start of ['http://u:p@h:8080/a/b?c=d#e', 'file:///etc/passwd', 'data:text/plain,x', 'mailto:a@b', 'blob:http://a/b']) {
  const u = new URL(start);
  for (let round = 0; round < 10; round++)
    for (const key of ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'searchParams', 'origin'])
      for (const v of odd) { try { u[key] = v; } catch {} try { u.toString(); } catch {} }
  console.log(u);
}
'after';
