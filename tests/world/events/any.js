const a = new AbortController(), b = new AbortController();
const any = AbortSignal.any([a.signal, b.signal]);
console.log(any.aborted, any instanceof AbortSignal);
any.onabort = (e) => console.log('abort', any.reason, e.target === any, e.isTrusted);
b.abort('b');
a.abort('a');
console.log(any.aborted, any.reason, a.signal.aborted);
