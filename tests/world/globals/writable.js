// ours: a guest may shadow, overwrite and delete what it was given
'use strict';
const fixed = [], {defineProperty, ownKeys} = Reflect, world = globalThis, {log} = console;
for (const key of ownKeys(world)) {
  if (typeof key === 'symbol') continue;
  const before = world[key];
  try {
    world[key] = 'mine';
    if (world[key] !== 'mine') fixed.push(key + ' keeps its value');
    delete world[key];
    if (key in world) fixed.push(key + ' stays');
    defineProperty(world, key, {value: before, writable: true, configurable: true});
  } catch (e) { fixed.push(key + ' ' + e.name); }
}
log(fixed.join('\n'));
