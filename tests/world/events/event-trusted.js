// ours: an accessor of each event, as the DOM standard says; in Node it is the prototype's
const e = new Event('x');
const d = Object.getOwnPropertyDescriptor(e, 'isTrusted');
console.log(typeof d.get, d.set, d.enumerable, d.configurable, Object.keys(e));
console.log(d.get === Object.getOwnPropertyDescriptor(new Event('y'), 'isTrusted').get);
const c = new AbortController();
c.signal.addEventListener('abort', (event) => { console.log(event.isTrusted, event.type, event.cancelable); });
c.abort();
