// ours: the frames are the engine's
function inner() { return new TypeError('with frames'); }
function outer() { return inner(); }
console.log(outer());
console.log({ e: outer() });
class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; this.code = 7; } }
console.log(new MyError('own'));
console.log(new Error('has cause', { cause: new RangeError('the cause') }));
console.log(new Error());
