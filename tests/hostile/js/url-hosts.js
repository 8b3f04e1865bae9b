// status: ok|timeout
// code: wall_time_limit
// timeout: 2s
// why: hosts of punycode that grows, of a hundred thousand labels, of numbers that overflow
const hosts = ['xn--', 'xn--a', 'xn--' + 'a'.repeat(50000), 'xn--99999999999', 'xn--' + '9'.repeat(5000), 'ü'.repeat(20000), 'ü.'.repeat(20000), 'xn--a.'.repeat(20000), '.'.repeat(100000), 'a.'.repeat(100000),
  '0x' + 'f'.repeat(100000), '4294967296', '1.2.3.4.5', '0x7f.1', '[' + ':'.repeat(100000) + ']', '[::' + '1:'.repeat(1000) + ']', '[1:2:3:4:5:6:7:8:9]', '[::ffff:999.1.1.1]', '\u00ad'.repeat(100000), '\u202e', 'a\u0000b',
  '\ufdfa'.repeat(20000), '\u{1F600}'.repeat(20000), 'a'.repeat(64) + '.com', '％４１', 'ß'.repeat(20000), '\u0301'.repeat(20000)];
for (const h of hosts) {
  try { new URL('http://' + h + '/').href; } catch {}
  try { URL.canParse('http://' + h); } catch {}
  const u = new URL('http://plain/');
  try { u.host = h; u.hostname = h; u.href; } catch {}
}
'after';
