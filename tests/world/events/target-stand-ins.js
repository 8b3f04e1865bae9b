const f = () => {};
for (const fake of [{}, Object.create(EventTarget.prototype), undefined, null, 1])
  for (const [name, ...args] of [['addEventListener', 'x', f], ['removeEventListener', 'x', f], ['dispatchEvent', new Event('x')]])
    try { EventTarget.prototype[name].call(fake, ...args); console.log('done'); } catch (e) { console.log(e.name); }
try { EventTarget(); } catch (e) { console.log(e.name); }
