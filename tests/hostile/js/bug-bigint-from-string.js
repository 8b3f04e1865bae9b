// status: ok
// value: "RangeError,RangeError,RangeError128"
// timeout: 10s
// why: quickjs-ng pull request 1164, a buffer overflow in js_bigint_from_string: strings of many digits in each base, at each length around a limb
const seen = [];
for (const [head, digit] of [['', '9'], ['0x', 'f'], ['0o', '7'], ['0b', '1']])
  for (const n of [1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1000, 4096, 20000])
    seen.push(BigInt(head + digit.repeat(n)) + 1n > 0n, BigInt('  ' + head + '0'.repeat(n) + digit + '\n') > 0n);
for (const text of ['1'.repeat(400000), '0x' + 'f'.repeat(300000), '9'.repeat(2000000)])
  try { seen.push(BigInt(text) > 0n); } catch (e) { seen.push(e.name); }
seen.slice(-3).join() + seen.filter(x => x === true).length;
