const a = new Event('x'), b = new Event('x', {cancelable: true});
for (const e of [a, b]) {
  console.log(e.defaultPrevented, e.returnValue);
  console.log(e.preventDefault(), e.defaultPrevented, e.returnValue);
}
