// status: ok
// value: "InternalError,InternalError,InternalError,RangeError,RangeError,RangeError,RangeError"
// timeout: 5s
// why: bellard/quickjs issue 536: the index of a sort takes four bytes an element, which does not fit 32 bits from a gigabyte on
const seen = [];
for (const n of [2 ** 30, 2 ** 30 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32])
  try { new Int8Array(n).sort(() => 0); seen.push('sorted'); } catch (e) { seen.push(e.name); }
try { new Int8Array(new ArrayBuffer(8, { maxByteLength: 2 ** 32 })).sort((a, b) => a - b); } catch (e) { seen.push(e.name); }
seen.join();
