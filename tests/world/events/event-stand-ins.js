// what looks like an event is none
const target = new EventTarget();
for (const fake of [{type: 'x'}, Object.create(Event.prototype), undefined, null, 'x', new Proxy(new Event('x'), {})])
  try { target.dispatchEvent(fake); console.log('dispatched'); } catch (e) { console.log(e.name); }
try { Object.create(Event.prototype).type; } catch (e) { console.log(e.name); }
try { Event.prototype.preventDefault.call({}); } catch (e) { console.log(e.name); }
try { target.dispatchEvent(); } catch (e) { console.log(e.name); }
