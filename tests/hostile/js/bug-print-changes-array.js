// status: ok
// value: 0
// why: quickjs-ng issue 1139 (Big Sleep): what is printed, or reported as unhandled, changes the array that is being walked
const list = Array.from({ length: 100 }, (_, i) => ({ i }));
const symbol = Symbol.for('nodejs.util.inspect.custom');
list[3] = { [symbol]() { list.length = 0; for (let i = 0; i < 300; i++) list.push([i]); return 'three'; }, toString() { list.length = 1; return 't'; } };
list[5] = new Proxy([], { get(t, k) { list.length = 2; return t[k]; } });
console.log(list, [list], { list });
console.log('%s %o %O %j', list, list, list, 1);
const err = new Error('x', { cause: list });
Object.defineProperty(err, 'stack', { get() { list.length = 0; return 'stack'; } });
console.error(err);
Promise.reject(err).catch(() => {});
list.length;
