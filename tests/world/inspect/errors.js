const bare = (e) => { Object.defineProperty(e, 'stack', { value: undefined, writable: true, configurable: true }); return e; };
const at = (e, head = `${e.name}: ${e.message}`) => {
  Object.defineProperty(e, 'stack', { value: head + '\n    at f (a.js:1:2)\n    at g (b.js:3:4)', writable: true, configurable: true });
  return e;
};
console.log(bare(new Error('message')), bare(new TypeError('t')), bare(new Error()), bare(new RangeError('')), [bare(new Error('x'))]);
console.log(at(new Error('message')), [at(new Error('x'))], { e: at(new Error('y')) }, { a: { b: { c: at(new Error('z')) } } });
console.log(at(Object.assign(new Error('props'), { code: 'E_CODE', info: { a: 1, b: [1, 2] } })));
console.log(bare(Object.assign(new Error('props'), { code: 'E_CODE' })), { e: bare(Object.assign(new Error('p'), { status: 404 })) });
console.log(at(new Error('outer', { cause: at(new Error('inner')) })));
console.log(at(new Error('outer', { cause: 'text' })), at(new Error('o', { cause: { a: 1 } })), bare(new Error('o', { cause: undefined })));
console.log(at(new Error('1', { cause: at(new TypeError('2', { cause: at(new RangeError('3', { cause: at(new Error('4')) })) })) })));
console.log(at(new AggregateError([at(new Error('a')), bare(new Error('b')), 'c', 1], 'several')));
console.log(bare(new AggregateError([])), bare(new AggregateError([1, 2], 'm')));
class MyError extends Error {} class Named extends Error { constructor(m) { super(m); this.name = 'Named'; } }
class HttpError extends Error { constructor(s, m) { super(m); this.name = 'HttpError'; this.status = s; } }
console.log(at(new MyError('mine')), at(new Named('named')), at(new HttpError(404, 'gone')));
console.log(bare(new MyError('mine')), bare(new Named('named')), bare(new HttpError(404, 'gone')));
console.log(at(new MyError('x'), 'Error: x'), at(new Named('y'), 'Error: y'), at(new HttpError(1, 'z'), 'Error: z'));
class Sub extends TypeError {} console.log(at(new Sub('s'), 'TypeError: s'), at(new Sub('s'), 'Sub: s'));
console.log(at(Object.assign(new Error('renamed'), { name: 'Custom' }), 'Error: renamed'), at(Object.assign(new Error('r2'), { name: 'Custom' }), 'Custom: r2'));
console.log(at(Object.assign(new Error('original'), { message: 'changed' }), 'Error: original'));
console.log(at(Object.setPrototypeOf(new Error('no proto'), null), 'Error: no proto'), bare(Object.setPrototypeOf(new TypeError('q'), null)));
console.log(at(new Error('multi\nline\nmessage')), { e: at(new Error('multi\nline')) });
console.log(Object.create(Error.prototype), Object.assign(Object.create(Error.prototype), { message: 'made', stack: 'made: here' }));
console.log({ a: { b: { c: { d: at(new Error('deep')), e: bare(Object.assign(new Error('x'), { code: 1 })) } } } });
console.log(at(new Error('e'), 'something else entirely'), at(new Error('e'), ''), at(new Error('n'), 'just text'.repeat(2)), Object.assign(new Error('n'), { stack: 'just text' }));
console.log(at(Object.defineProperty(new Error('tag'), Symbol.toStringTag, { value: 'Tag' })));
console.log(new Map([['e', at(new Error('in map'))]]), new Set([bare(new Error('in set'))]));
const self = at(new Error('cycle')); self.self = self; self.cause = self; console.log(self);
const six = '\n    at a (x:1:1)\n    at b (x:2:2)\n    at c (x:3:3)\n    at d (x:4:4)\n    at e (x:5:5)\n    at f (x:6:6)';
const inner = new Error('inner'), outer = new Error('outer', { cause: inner });
inner.stack = 'Error: inner\n    at own (y:1:1)' + six; outer.stack = 'Error: outer\n    at other (z:1:1)' + six; console.log(outer);
outer.stack = 'Error: outer' + six; inner.stack = 'Error: inner\n    at a (x:1:1)\n    at b (x:2:2)\n    at c (x:3:3)'; console.log(outer);
console.log(Object.assign(bare(new Error('x')), { [Symbol('s')]: 1, 'a-b': 2 }));
const g = bare(new Error('getter')); Object.defineProperty(g, 'extra', { get() { throw 1; }, enumerable: true }); console.log(g);
const gc = bare(new Error('cause getter')); Object.defineProperty(gc, 'cause', { get() { throw 1; }, enumerable: false }); console.log(gc);
console.log(bare(Object.assign(new Error('m'), { name: 'm' })), bare(Object.assign(new Error('Error'), { name: '' })), at(Object.assign(new Error('w'), { name: 'WeirdError' }), 'WeirdError: w'));
console.log('%s|%O|%j', bare(new Error('fmt')), bare(new Error('fmt')), bare(new Error('fmt')));
