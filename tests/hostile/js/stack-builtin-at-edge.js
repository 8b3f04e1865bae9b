// status: ok
// timeout: 20s
// value: 0
// why: built-ins called with next to no stack left must throw an error or answer, never trap
const work = [
  () => [3, 1, 2].sort().map(String).join(), () => JSON.stringify({ a: [1] }), () => /(a+)+b/.exec('aaab'),
  () => 'x'.normalize('NFD'), () => new Date().toString(), () => (2n ** 200n).toString(), () => new RegExp('(?:[a-z]|b)+'),
  () => JSON.parse('{"a":[1,2]}'), () => eval('((x) => x)(1)'), () => [...'abc'], () => new Error('x').stack, () => (1.1).toFixed(20),
  () => console.log({ a: 1 }), () => setTimeout(() => {}, 0), () => queueMicrotask(() => {}), () => performance.now(),
];
let bad = 0;
for (const w of work) {
  let left = 30;
  (function down() {
    try { down(); } catch { if (left-- > 0) try { w(); } catch (e) { if (!(e instanceof Error)) bad++; } }
  })();
}
bad;
