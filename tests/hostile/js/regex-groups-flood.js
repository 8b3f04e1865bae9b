// status: ok
// timeout: 20s
// value: "after"
// why: regular expressions of too many groups, names, ranges, nests and repetitions
const make = [() => '(a)'.repeat(300), () => Array.from({ length: 250 }, (_, i) => `(?<n${i}>a)`).join(''), () => '(?:'.repeat(5000) + ')'.repeat(5000), () => 'a{2147483647}', () => 'a{99999999999999999999}',
  () => '((((a{1000}){1000}){1000}){1000})', () => '[' + 'a-z'.repeat(50000) + ']', () => '|'.repeat(20000), () => '(?=' .repeat(1000) + ')'.repeat(1000), () => '\\1'.repeat(10000), () => '\\k<a>'.repeat(1000) + '(?<a>x)',
  () => '[^'.repeat(1000), () => '(?<!'.repeat(500) + 'a' + ')'.repeat(500), () => '(?i:'.repeat(1000) + ')'.repeat(1000), () => '[[a-z]--[aeiou]]'.repeat(1000), () => '\\p{L}'.repeat(3000), () => 'x*'.repeat(5000)];
for (const f of make) for (const flags of ['', 'u', 'v', 'iy', 'gdsm']) try { const r = new RegExp(f(), flags); r.test('aaaa'); 'aab'.replace(r, '$<n1>$1'); console.log(r); } catch {}
'after';
