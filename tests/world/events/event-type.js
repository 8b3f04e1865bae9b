for (const type of [1, null, undefined, true, {}, [1, 2], '', 'A b', {toString() { return 'text'; }}, 10n]) console.log(JSON.stringify(new Event(type).type));
for (const make of [() => new Event(), () => new Event(Symbol('s')), () => Event('x'), () => new CustomEvent()])
  try { make(); console.log('made'); } catch (e) { console.log(e.name); }
