// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// module: dir/b.ts=export const b: number = 2;
// value: [0,3]
// why: names with NUL, a mebibyte, percent signs, dots without end, and other ways to say ../../etc
const odd = ['', ' ', '.', '..', '/', '//', './', '../', '\u0000', 'x'.repeat(1 << 20), '../'.repeat(300000) + 'etc/passwd', './'.repeat(300000), '/etc/passwd', 'file:///etc/passwd', 'data:text/javascript,1', 'http://h/x.js',
  'node:fs', 'fs', 'std', 'os', 'bjson', 'qjs:std', 'qjs:os', '%2e%2e/a', '..%2fa', 'a.js?x', 'a.js#x', 'A.JS', 'a.js ', ' a.js', 'a', 'a.ts.js', '\ud800', '\u202e', 'native', 'main.js', '<eval>', '__proto__', 'constructor', '\\\\h\\x', 'C:\\x',
  'dir', 'dir/', 'dir//b.ts', '*', '%s%n%x', 'a.js\n', '🙂'.repeat(100000)];
let found = 0;
for (const name of odd) await import(name).then((m) => { if (m.a === undefined) found++; }, () => {});
const known = await Promise.all(['a.js', './a.js', './dir/../a.js'].map((n) => import(n)));
[found, known.reduce((s, m) => s + m.a, 0)];
