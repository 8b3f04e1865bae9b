// status: ok
// value: [true,true,true,true,true,"TypeError"]
// timeout: 5s
// why: bellard/quickjs issue 546, finding 3: the accumulator of Math.sumPrecise overflows after many numbers
const seen = [];
for (const x of [Number.MAX_VALUE, Number.MIN_VALUE, 1.7e308, -0, 2 ** 53 - 1])
  seen.push(Math.sumPrecise({ *[Symbol.iterator]() { for (let i = 0; i < 5000; i++) { yield x; if (i % 2) yield -x; } } }) >= -Infinity);
try { Math.sumPrecise([1, '2']); } catch (e) { seen.push(e.name); }
seen;
