// status: ok
// value: "401,13,2,13,16,13,2,13"
// why: quickjs-ng issue 1139 (Big Sleep), a crash in OP_add_loc: the variable that is added to is changed while the operand becomes a primitive
const seen = [];
for (const start of ['text'.repeat(100), 1n, {}, [1]]) {
  let x = start, keep = [];
  x += { [Symbol.toPrimitive]() { x = null; for (let i = 0; i < 500; i++) keep.push('y'.repeat(400)); return '!'; } };
  seen.push(String(x).length);
  let y = { valueOf() { y = 'gone'; keep.length = 0; return 7; } };
  y += y; y -= { valueOf() { y = undefined; return 1; } };
  seen.push(String(y));
}
seen.join();
