const e = new Event('x', {bubbles: 1, cancelable: 'yes', composed: {}});
console.log(e.bubbles, e.cancelable, e.composed);
const f = new Event('x', {bubbles: 0, cancelable: '', composed: null});
console.log(f.bubbles, f.cancelable, f.composed);
for (const init of [undefined, null, {}]) console.log(new Event('x', init).cancelable);
for (const init of [1, 'x', true, Symbol('s'), 1n])
  try { new Event('x', init); console.log('taken'); } catch (e) { console.log(e.name); }
