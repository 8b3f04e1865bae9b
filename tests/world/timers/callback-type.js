for (const callback of ['console.log(1)', undefined, null, 1, true, {}, [], Symbol('s'), 1n, {call() {}}])
  for (const start of [setTimeout, setInterval])
    try { start(callback, 1); console.log('taken'); } catch (e) { console.log(e.name, e.code); }
try { setTimeout(); } catch (e) { console.log(e.name, e.code); }
try { setInterval(); } catch (e) { console.log(e.name, e.code); }
