// ours: all that depends on a signal is aborted before the first listener runs; in Node 20 it is not yet
const a = new AbortController(), b = new AbortController(), c = new AbortController();
const ab = AbortSignal.any([a.signal, b.signal]), abc = AbortSignal.any([ab, c.signal, ab, a.signal]), deep = AbortSignal.any([abc, abc]);
deep.onabort = () => console.log('deep', deep.reason);
abc.onabort = () => console.log('abc', abc.reason);
ab.onabort = () => console.log('ab', ab.reason);
a.signal.onabort = () => console.log('a', ab.aborted, abc.aborted, deep.aborted);
a.abort('from a');
c.abort('from c');
console.log(abc.reason, deep.reason);
