// status: ok
// timeout: 20s
// value: ["InternalError",3]
// why: out of memory inside a sort comparator must leave the array whole
const a = [3, 1, 2];
let r;
try { a.sort(() => { throw new ArrayBuffer(2 ** 28); }); } catch (e) { r = e.name; }
[r, a.length];
