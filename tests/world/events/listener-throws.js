// ours: what a listener throws is a line of the console (on stderr), and the others are called; in Node the process ends
const target = new EventTarget();
target.addEventListener('x', () => { console.log('first'); throw new Error('of the first'); });
target.addEventListener('x', {handleEvent: 'no function'});
target.addEventListener('x', {});
target.addEventListener('x', {get handleEvent() { throw 'of the getter'; }});
target.addEventListener('x', () => { throw undefined; });
target.addEventListener('x', () => { throw {get name() { throw 1; }, get stack() { throw 2; }}; });
target.addEventListener('x', () => { throw new Proxy({}, {get() { throw 3; }, getPrototypeOf() { throw 4; }, ownKeys() { throw 5; }}); });
target.addEventListener('x', async () => console.log('last'));
console.log(target.dispatchEvent(new Event('x')));
const e = new Event('x');
target.dispatchEvent(e);
console.log(e.eventPhase, e.currentTarget);
