// status: ok
// timeout: 20s
// value: 1
// why: the completion value is a promise with a then and a constructor of its own
const p = Promise.resolve(1);
p.then = () => { throw new Error('mine'); };
Object.defineProperty(p, 'constructor', { get() { throw new Error('mine, too'); } });
p;
