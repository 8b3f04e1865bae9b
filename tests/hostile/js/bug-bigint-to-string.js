// status: ok
// value: 158878
// timeout: 20s
// why: quickjs-ng pull request 1164, a buffer overflow in js_bigint_to_string1: numbers around each limb are written in every base
let sum = 0;
for (let radix = 2; radix <= 36; radix++)
  for (const bits of [1, 31, 32, 33, 63, 64, 65, 127, 128, 511, 512, 1000])
    for (const d of [-1n, 0n, 1n]) {
      const n = (1n << BigInt(bits)) + d;
      sum += n.toString(radix).length + (-n).toString(radix).length;
    }
sum;
