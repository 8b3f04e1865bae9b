// status: ok
// timeout: 20s
// value: "after"
// why: percent signs of percent signs, cut escapes and escapes of everything
for (const s of ['%'.repeat(300000), '%25'.repeat(300000), '%2'.repeat(300000), '%%32%35'.repeat(100000), '%00%0a%ff'.repeat(100000), '%u0041'.repeat(100000), '\ud800'.repeat(100000), 'é'.repeat(300000)]) {
  for (const make of [(x) => 'http://h/' + x, (x) => 'http://h?' + x, (x) => 'http://h#' + x, (x) => 'http://' + x + '@h/', (x) => 'x:' + x]) try { new URL(make(s)).href; } catch {}
  new URLSearchParams(s).toString();
  let again = s.slice(0, 1000);
  for (let i = 0; i < 6; i++) try { again = encodeURIComponent(again); } catch { break; }
  new URLSearchParams(again).toString();
}
'after';
