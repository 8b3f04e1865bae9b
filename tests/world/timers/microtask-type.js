for (const callback of [undefined, null, 'x', 1, {}, [], Symbol('s'), true, 1n])
  try { queueMicrotask(callback); console.log('taken'); } catch (e) { console.log(e.name); }
try { queueMicrotask(); } catch (e) { console.log(e.name); }
