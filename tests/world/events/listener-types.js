// ours: Web IDL: a callback is an object or null; Node takes more
const target = new EventTarget();
for (const callback of ['x', 1, true, Symbol('s'), 1n])
  for (const how of ['addEventListener', 'removeEventListener'])
    try { target[how]('x', callback); console.log('taken'); } catch (e) { console.log(e.name); }
for (const how of ['addEventListener', 'removeEventListener'])
  for (const args of [[], ['x'], [Symbol('s'), () => {}]])
    try { target[how](...args); console.log('taken'); } catch (e) { console.log(e.name); }
console.log(target.addEventListener('x', undefined), target.addEventListener('x', null));
