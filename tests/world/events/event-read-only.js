'use strict';
const e = new Event('x', {cancelable: true});
for (const key of ['type', 'target', 'currentTarget', 'eventPhase', 'bubbles', 'cancelable', 'defaultPrevented', 'composed', 'timeStamp', 'isTrusted'])
  try { e[key] = 1; console.log(key, 'written'); } catch (x) { console.log(key, x.name); }
