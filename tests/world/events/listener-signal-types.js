const target = new EventTarget();
for (const signal of [null, 1, 'x', {}, new AbortController(), {aborted: false}])
  try { target.addEventListener('x', () => {}, {signal}); console.log('taken'); } catch (e) { console.log(e.name); }
target.addEventListener('x', () => console.log('called'), {signal: undefined});
target.dispatchEvent(new Event('x'));
void 0;
