// ours: as the DOM standard says now (Node 20 does as it said before): all that depends is aborted before the first listener runs; what a listener aborts comes too late
const a = new AbortController(), b = new AbortController();
const any = AbortSignal.any([a.signal, b.signal]);
a.signal.onabort = () => { console.log('a', any.reason); b.abort('b'); };
b.signal.onabort = () => console.log('b', any.reason);
any.onabort = () => console.log('any', any.reason);
a.abort('a');
