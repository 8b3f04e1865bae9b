// status: ok
// value: [2147483648,2147483648,2147483647,2147483647,2147483647,2147483646,2147483649,2147483649,2147483648,4294967295,4294967295,4294967294,"RangeError",4294967295,4294967295]
// why: quickjs-ng issue 1468: an array's length is set to nearly 2^31 and more is pushed; the new size was compared as a signed number
const seen = [];
for (const n of [0x7fffffff, 0x7ffffffe, 0x80000000, 0xfffffffe, 0xffffffff])
  for (const how of ['push', 'unshift']) {
    const a = [1, 2, 3];
    a.length = n;
    try { if (how === 'push') seen.push(a.push(4)); else a.unshift.length; } catch (e) { seen.push(e.name); }
    a[n - 1] = 1;
    seen.push(a.length);
  }
seen;
