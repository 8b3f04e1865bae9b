// status: ok
// timeout: 20s
// value: "after"
// why: the console, display and progress are called at the very end of the stack, again and again
let left = 200;
const show = (f) => { if (left-- > 0) try { f(); } catch {} };
function deep() {
  try { deep(); } catch {}
  show(() => console.log({ a: [1, { b: new Error('x') }] }));
  show(() => console.table([{ a: 1 }]));
  show(() => display({ a: [1] }));
  show(() => progress(0.5, 'x'));
}
deep();
'after';
