// status: ok
// timeout: 20s
// value: [1048585,true]
// why: URLs of a mebibyte, in every part
const big = 'a'.repeat(1 << 20), u = new URL('http://h/' + big);
let fine = 0;
for (const s of ['http://' + big, 'http://h?' + big, 'http://h#' + big, 'http://' + big + '@h', big + '://h', 'data:' + big, 'http://h:' + big, 'http://h/' + '../'.repeat(300000),
  'http://h' + '/..'.repeat(300000), 'http://h/' + '\\'.repeat(1 << 20), 'http://' + '/'.repeat(1 << 20), ' '.repeat(1 << 20) + 'http://h', 'http://h/\n'.repeat(100000), 'file:' + '/'.repeat(1 << 20)])
  try { new URL(s).href; fine++; } catch (e) { if (e instanceof TypeError) fine++; }
[u.href.length, fine === 14];
